/**
 * What is wrong with workflows, as GitHub would tell it: a list of their texts by standard input, a list of faults for each on standard output.
 * A process of its own, since GitHub's parser imports JSON as Node 20 does not without help.
 */
import { text } from "node:stream/consumers";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

async function faults(content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: "a.yml", content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

const contents: readonly string[] = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(await Promise.all(contents.map(faults))));
