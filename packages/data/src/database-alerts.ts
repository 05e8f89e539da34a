import { Fault, Faults } from '@keelson/core';
import { Duration } from 'cdk8s';
import { secondsFaults, shown } from './private/made';

/** From where on somebody is told of a database. */
export interface DatabaseAlertOptions {
  /**
   * How long it must have been so, in whole seconds, before somebody is told: of all alerts.
   *
   * @default Duration.minutes(5)
   */
  readonly for?: Duration;

  /**
   * How far behind servers that follow may be, in whole seconds; with `readReplicas`.
   *
   * @default Duration.seconds(30)
   */
  readonly replicationLag?: Duration;

  /**
   * How full a volume may be, from 1 to 99 %.
   *
   * @default 80
   */
  readonly volumePercent?: number;

  /**
   * How many of the connections that the server takes may be in use, from 1 to 99 %.
   *
   * @default 80
   */
  readonly connectionsPercent?: number;

  /**
   * Where it is written what to do: an address of HTTP or HTTPS, to which the alert's name is appended.
   *
   * @default - nowhere.
   */
  readonly runbooks?: string;

  /**
   * More labels of the alerts, which Alertmanager routes by, such as `team`.
   *
   * @default - `severity`, `database` with its name, and `namespace`.
   */
  readonly labels?: { [name: string]: string };
}

/** Given where nothing is said. */
const USUAL = { for: Duration.minutes(5), replicationLag: Duration.seconds(30), volumePercent: 80, connectionsPercent: 80 };
/** What Prometheus takes as the name of a label, of any release. */
const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const OURS = ['severity', 'database', 'namespace', 'alertname'];
const ADDRESS = /^https?:\/\/[^\s/?#{}]\S*$/;

/**
 * What somebody is told of a database:
 *
 * | Alert | Severity | When |
 * |---|---|---|
 * | `DatabaseDown` | critical | the server doesn't answer its exporter, or there is none |
 * | `DatabaseReplicasMissing` | warning | fewer servers follow than `readReplicas` says |
 * | `DatabaseReplicationLag` | warning | a server that follows is further behind than `replicationLag` |
 * | `DatabaseVolumeFilling` | warning | a volume is fuller than `volumePercent` |
 * | `DatabaseConnectionsExhausting` | warning | more connections are in use than `connectionsPercent` |
 *
 * How full a volume is, Prometheus knows where it scrapes the kubelets, as kube-prometheus does.
 *
 * ```ts
 * DatabaseAlerts.of({ volumePercent: 70, runbooks: 'https://runbooks.example.com/databases/', labels: { team: 'shop' } });
 * DatabaseAlerts.none();
 * ```
 */
export class DatabaseAlerts {
  /**
   * These alerts.
   *
   * @param options from where on, and what else is said.
   */
  public static of(options: DatabaseAlertOptions = {}): DatabaseAlerts {
    return new DatabaseAlerts(options, false);
  }

  /** Tell nobody: somebody else watches it. */
  public static none(): DatabaseAlerts {
    return new DatabaseAlerts({}, true);
  }

  /** What is wrong with it; the database that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** @internal */
    public readonly _given: DatabaseAlertOptions,
    /** Whether nobody is told. */
    public readonly isNone: boolean,
  ) {
    const { for: pending, replicationLag, volumePercent, connectionsPercent, runbooks, labels = {} } = _given;
    this.faults = [
      ...pending === undefined ? [] : Faults.within('for', secondsFaults('KEELSON3176', pending)),
      ...replicationLag === undefined ? [] : Faults.within('replicationLag', secondsFaults('KEELSON3176', replicationLag)),
      ...percentFaults('volumePercent', volumePercent),
      ...percentFaults('connectionsPercent', connectionsPercent),
      ...runbooks === undefined || (typeof runbooks === 'string' && ADDRESS.test(runbooks)) ? [] : [{
        code: 'KEELSON3175', member: 'runbooks', got: shown(runbooks), allowed: 'an address of HTTP or HTTPS', fix: "write it like 'https://runbooks.example.com/databases/'",
      }],
      ...Object.keys(labels).flatMap(labelFaults),
    ];
  }

  /** What is given, and what is usual. @internal */
  public get _options(): DatabaseAlertOptions & Required<Pick<DatabaseAlertOptions, keyof typeof USUAL>> {
    const { for: pending, replicationLag, volumePercent, connectionsPercent } = this._given;
    return {
      ...this._given,
      for: pending ?? USUAL.for,
      replicationLag: replicationLag ?? USUAL.replicationLag,
      volumePercent: volumePercent ?? USUAL.volumePercent,
      connectionsPercent: connectionsPercent ?? USUAL.connectionsPercent,
    };
  }
}

function percentFaults(member: string, percent: number | undefined): Fault[] {
  return percent === undefined || (Number.isInteger(percent) && percent >= 1 && percent <= 99) ? [] : [{
    code: 'KEELSON3171', member, got: shown(percent), allowed: 'an integer from 1 to 99', fix: 'write 80 for 80 %',
  }];
}

function labelFaults(name: string): Fault[] {
  if (OURS.includes(name)) {
    return [{ code: 'KEELSON3174', member: 'labels', got: Faults.quoted(name), allowed: `others than ${OURS.join(', ')}, which the alerts have`, fix: 'choose another name' }];
  }
  return LABEL.test(name) ? [] : [{
    code: 'KEELSON3174', member: 'labels', got: Faults.quoted(name), allowed: "named by letters, digits and '_', without a digit at the beginning", fix: "write it like 'team'",
  }];
}
