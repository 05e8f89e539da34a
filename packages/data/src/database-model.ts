import { Construct } from 'constructs';
import { Backing } from './private/backing';
import { Description } from './private/description';
import { ExporterParts, PropFault, ServerParts, SetupParts } from './private/engine';

/** A database, and what its engine makes of it. */
interface ModelParts {
  readonly description: Description;
  /** Of the data and the tools, as the engine counts. */
  readonly engineVersion: string;
  readonly server: ServerParts;
  readonly setup?: SetupParts;
  readonly exporter?: ExporterParts;
  /** What has an operator run the servers, in the place of `server`. */
  readonly operated?: (database: Construct) => Backing;
  /** What is wrong with what only this engine has. */
  readonly faults: readonly PropFault[];
}

/** What the props of a database come to; each engine's class makes its own. */
export class DatabaseModel {
  /** @internal */
  public static _of(parts: ModelParts): DatabaseModel {
    return new DatabaseModel(parts);
  }

  /** The same, with what else is wrong. @internal */
  public _with(faults: readonly PropFault[]): DatabaseModel {
    return new DatabaseModel({ ...this._parts, faults: [...faults, ...this._parts.faults] });
  }

  private constructor(
    /** @internal */
    public readonly _parts: ModelParts,
  ) {}
}
