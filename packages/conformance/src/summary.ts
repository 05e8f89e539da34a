import type { Item } from './wave/item.js';

/** What became of the apps on one version. */
export interface Row {
  readonly version: string;
  readonly what: string;
  readonly apps: number;
  readonly objects: number;
  readonly rejected: number;
  readonly warnings: number;
  readonly drift: number;
}

/** The figures of a run, by version and by checker. */
export class Summary {
  private readonly rows: Row[] = [];
  private readonly figures: Record<string, unknown> = {};

  /** Adds apps that went through a cluster. */
  public add(version: string, what: string, items: readonly Item[]): void {
    const sum = (count: (item: Item) => number): number => items.reduce((total, item) => total + count(item), 0);
    this.addRow({
      version, what, apps: items.length, objects: sum(({ objects }) => objects.length),
      rejected: sum(({ rejected }) => rejected), warnings: sum(({ warnings }) => warnings), drift: sum(({ drift }) => drift),
    });
  }

  /** Adds a line that was counted elsewhere. */
  public addRow(row: Row): void {
    this.rows.push(row);
  }

  /** Adds a figure of another kind. */
  public note(name: string, value: unknown): void {
    this.figures[name] = value;
  }

  /** As lines of a table, versions in order. */
  public table(): string {
    const head = ['version', 'what', 'apps', 'objects', 'rejected', 'warnings', 'drift'] as const;
    const cells = [head.map(String), ...this.sorted().map((row) => head.map((name) => String(row[name])))];
    const widths = head.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
    const lines = cells.map((line) => line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
    return [...lines, ...Object.entries(this.figures).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)].join('\n');
  }

  /** As data. */
  public json(): string {
    return `${JSON.stringify({ versions: this.sorted(), ...this.figures }, null, 2)}\n`;
  }

  private sorted(): Row[] {
    return [...this.rows].sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
  }
}
