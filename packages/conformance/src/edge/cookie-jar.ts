/** The cookies of one client, by name; all here are of one site. */
export class CookieJar {
  private readonly cookies = new Map<string, string>();

  /** What a request carries; nothing where there are none. */
  public get header(): string | undefined {
    return this.cookies.size === 0 ? undefined : [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Takes what an answer sets, and drops what it takes back. */
  public take(setCookie: readonly string[] = []): void {
    for (const line of setCookie) {
      const [pair = '', ...attributes] = line.split(';').map((each) => each.trim());
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      if (attributes.some(isOver)) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(at + 1));
    }
  }
}

function isOver(attribute: string): boolean {
  const [name = '', value = ''] = attribute.split('=');
  if (name.toLowerCase() === 'max-age') return Number(value) <= 0;
  return name.toLowerCase() === 'expires' && Date.parse(value) <= Date.now();
}
