/** Scripts by which a shell completes the command line, made from what the commands say of themselves. */
import type { Command } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** What may stand in a place: names of files, of folders, one of some words, or what only people know. */
type Values = "files" | "folders" | readonly string[] | null;

/** What the values of options (`--policy`) and arguments (`files`) are, by their names. One that is not listed is free. */
export type ValuesByName = Readonly<Record<string, Exclude<Values, null>>>;

interface Choice {
  readonly name: string;
  readonly says: string;
  readonly options: readonly {
    readonly flag: string;
    readonly says: string;
    /** Undefined where it takes no value. */
    readonly values: Values | undefined;
  }[];
  /** Of its first argument; those after it are as this one where it takes several. */
  readonly values: Values;
}

/** The script for a shell. */
export function completion(shell: Shell, program: Command, values: ValuesByName): string {
  const choices = program.commands.map((command) => toChoice(command, values));
  switch (shell) {
    case "bash":
      return bash(choices);
    case "zsh":
      return zsh(choices);
    case "fish":
      return fish(choices);
  }
}

const toChoice = (command: Command, values: ValuesByName): Choice => ({
  name: command.name(),
  says: command.description(),
  options: command.options.map(({ long, required, optional, description }) => ({
    flag: long ?? "",
    says: description,
    values: required || optional ? (values[long ?? ""] ?? null) : undefined,
  })),
  values: values[command.registeredArguments[0]?.name() ?? ""] ?? null,
});

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Also for the bash of macOS, 3.2, which has neither `mapfile` nor `compopt`. */
function bash(choices: readonly Choice[]): string {
  const words = (list: readonly string[]) => `COMPREPLY=($(compgen -W ${quoted(list.join(" "))} -- "$word"))`;
  const given = (what: Values) => {
    if (what === null) return ":";
    if (typeof what === "object") return words(what);
    // A line is a name, which may have blanks in it.
    return `compopt -o filenames 2> /dev/null; IFS=$'\\n'; COMPREPLY=($(compgen ${what === "files" ? "-f" : "-d"} -- "$word"))`;
  };
  const afterOptions = choices.flatMap(({ name, options }) =>
    options.flatMap(({ flag, values }) =>
      values === undefined ? [] : [`    ${quoted(`${name} ${flag}`)}) ${given(values)}; return ;;`],
    ),
  );
  return [
    "_follow_through() {",
    "  local IFS=$' \\t\\n'",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's own
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}"',
    "  COMPREPLY=()",
    `  if [ "$COMP_CWORD" -eq 1 ]; then ${words(choices.map(({ name }) => name))}; return; fi`,
    '  case "$command $before" in',
    ...afterOptions,
    "  esac",
    '  case "$command $word" in',
    ...choices.map(({ name, options }) => `    ${quoted(`${name} -`)}*) ${words(flagsOf(options))}; return ;;`),
    "  esac",
    '  case "$command" in',
    ...choices.flatMap(({ name, values }) => {
      return values === null ? [] : [`    ${name}) ${given(values)} ;;`];
    }),
    "  esac",
    "}",
    "complete -F _follow_through follow-through",
  ].join("\n");
}

const flagsOf = (options: Choice["options"]): string[] => [...options.map(({ flag }) => flag), "--help"];

/** https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
function zsh(choices: readonly Choice[]): string {
  const plain = (text: string) => text.replace(/[[\]:\\]/g, "\\$&");
  const action = (what: Values) => {
    if (what === null) return " ";
    if (typeof what === "object") return `(${what.join(" ")})`;
    return what === "files" ? "_files" : "_files -/";
  };
  const argumentsOf = ({ options, values }: Choice) =>
    [
      ...options.map((option) => {
        const value = option.values === undefined ? "" : `:value:${action(option.values)}`;
        return `${option.flag}[${plain(option.says)}]${value}`;
      }),
      "--help[display help for command]",
      `*:argument:${action(values)}`,
    ]
      .map(quoted)
      .join(" ");
  return [
    "#compdef follow-through",
    "_follow_through() {",
    "  if (( CURRENT == 2 )); then",
    "    local -a names",
    `    names=(${choices.map(({ name, says }) => quoted(`${name}:${plain(says)}`)).join(" ")})`,
    "    _describe command names",
    "    return",
    "  fi",
    "  local name=$words[2]",
    "  shift words; (( CURRENT-- ))",
    "  case $name in",
    ...choices.map((choice) => `    ${choice.name}) _arguments ${argumentsOf(choice)} ;;`),
    "  esac",
    "}",
    // Loaded as a function of the completion system it is called at once; read by `source` it makes itself known.
    'if [[ "$funcstack[1]" == _follow_through ]]; then _follow_through "$@"; else compdef _follow_through follow-through; fi',
  ].join("\n");
}

/** https://fishshell.com/docs/current/completions.html */
function fish(choices: readonly Choice[]): string {
  const plain = (text: string) => `'${text.replace(/['\\]/g, "\\$&")}'`;
  const given = (what: Values) => {
    if (what === null) return "";
    if (typeof what === "object") return ` -a ${plain(what.join(" "))}`;
    return what === "files" ? " -F" : " -a '(__fish_complete_directories)'";
  };
  const lines = choices.flatMap(({ name, says, options, values }) => {
    const within = `complete -c follow-through -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c follow-through -n __fish_use_subcommand -a ${name} -d ${plain(says)}`,
      ...(values === null ? [] : [`${within}${given(values)}`]),
      ...options.map((option) => {
        const value =
          option.values === undefined ? "" : ` ${option.values === "files" ? "-r" : "-x"}${given(option.values)}`;
        return `${within} -l ${option.flag.slice(2)}${value} -d ${plain(option.says)}`;
      }),
    ];
  });
  return ["complete -c follow-through -f", ...lines].join("\n");
}
