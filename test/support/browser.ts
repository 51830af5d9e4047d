/** As much of a browser as the setup page needs: it keeps cookies by their path, sends forms with their origin, and follows redirects. */
import { type IncomingHttpHeaders, request } from "node:http";

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Browser {
  readonly cookies: { pair: string; path: string; host: string; flags: string }[] = [];

  /** Opens an address as if it was typed in; `from`: as a link or redirect of another site leads there. */
  async open(address: string, options: { readonly from?: string } = {}): Promise<Page> {
    const url = new URL(address);
    const page = await this.ask(url, options.from === undefined ? this.#cookiesFor(url) : "", {});
    return this.#follow(page, options.from);
  }

  /** Sends a form of a page. */
  async submit(page: Page, action: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    const url = new URL(action, page.url);
    const isOwn = url.hostname === page.url.hostname;
    const headers = { origin: page.url.origin };
    const sent = await this.ask(url, isOwn ? this.#cookiesFor(url) : "", { form: fields, headers });
    return this.#follow(sent, page.url.origin);
  }

  async #follow(page: Page, from: string | undefined): Promise<Page> {
    if (page.status !== 302 && page.status !== 303) return page;
    const next = new URL(page.headers.location ?? "", page.url);
    return next.origin === page.url.origin
      ? this.open(next.href)
      : this.open(next.href, { from: from ?? page.url.origin });
  }

  #cookiesFor(url: URL): string {
    return this.cookies
      .filter(({ host, path }) => host === url.hostname && `${url.pathname}/`.startsWith(`${path}/`))
      .map(({ pair }) => pair)
      .join("; ");
  }

  /** One request. */
  async ask(url: URL, cookie: string, { method, form, headers = {} }: Asking): Promise<Page> {
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const page = await new Promise<Page>((resolve, reject) => {
      const asked = request(url, {
        method: method ?? (form === undefined ? "GET" : "POST"),
        headers: {
          ...(cookie === "" ? {} : { cookie }),
          ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
          ...headers,
        },
      });
      asked.once("error", reject).once("response", async (response) => {
        let text = "";
        for await (const chunk of response) text += String(chunk);
        resolve({ url, status: response.statusCode ?? 0, headers: response.headers, text });
      });
      asked.end(body);
    });
    for (const line of page.headers["set-cookie"] ?? []) {
      const [pair = "", ...flags] = line.split("; ");
      const path = flags.find((flag) => flag.startsWith("Path="))?.slice("Path=".length) ?? "/";
      this.cookies.push({ pair, path, host: url.hostname, flags: flags.join("; ") });
    }
    return page;
  }
}

/** A form's address and hidden fields; the first form whose address ends so. */
export function formOf(page: Page, ending: string): { action: string; hidden: Record<string, string> } {
  for (const [, attributes = "", inside = ""] of page.text.matchAll(/<form ([^>]*)>([\s\S]*?)<\/form>/g)) {
    const action = plain(/action="([^"]*)"/.exec(attributes)?.[1] ?? "");
    if (!new URL(action, page.url).pathname.endsWith(ending)) continue;
    const inputs = inside.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g);
    return { action, hidden: Object.fromEntries([...inputs].map(([, name = "", value = ""]) => [name, plain(value)])) };
  }
  throw new Error(`no form for ${ending} in:\n${page.text}`);
}

/** Text as it stands between tags, as people read it. */
export function plain(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replaceAll("&amp;", "&");
}
