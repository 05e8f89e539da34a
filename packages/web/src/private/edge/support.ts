import { GatewayApi, GatewayApiChannel } from '@keelson/core';
import { FeatureName } from './features';

/** What a target says of a feature: the text that its objects then have, or why they can't. */
export interface Verdict {
  /** What is in the objects, as the documentation and its test show it. */
  readonly form?: string;
  /** Why nothing can be. */
  readonly why?: string;
  /** The version of the Gateway API's standard channel from which on they can. */
  readonly since?: string;
}

/** Whether a target can say a feature: always, never, or from a version of the Gateway API on. */
export class Support {
  /** It can. */
  public static by(form: string): Support {
    return new Support(() => ({ form }), form);
  }

  /** It can from a version of the Gateway API's standard channel on. */
  public static since(version: string, form: string): Support {
    return new Support(gatewayApi => gatewayApi.isAtLeast(version) ? { form } : {
      why: `Gateway API ${version} has it, and 'gatewayApi' of ClusterProfile is ${gatewayApi.version}`, since: version,
    }, `${form} (from Gateway API ${version} on)`);
  }

  /** It can with the CRDs of the experimental channel, from a version on. */
  public static experimental(version: string, form: string): Support {
    return new Support(gatewayApi => gatewayApi.channel === GatewayApiChannel.EXPERIMENTAL && gatewayApi.isAtLeast(version)
      ? { form } : { why: `only the experimental channel of Gateway API has it, from ${version} on ('gatewayApi' of ClusterProfile)` },
    `${form} (experimental channel, from Gateway API ${version} on)`);
  }

  /** It can't. */
  public static none(why: string): Support {
    return new Support(() => ({ why }), undefined, why);
  }

  /**
   * It can either way, this one where both would do.
   *
   * @param other such as an older form, or one of another channel.
   */
  public or(other: Support): Support {
    const text = this.form === other.form ? this.form : [this.form, other.form].filter(form => form !== undefined).join(', else ');
    return new Support(gatewayApi => {
      const first = this.at(gatewayApi);
      const second = other.at(gatewayApi);
      return first.form !== undefined ? first : second.form !== undefined ? second : { ...second, ...first, why: `${first.why}, and ${second.why}` };
    }, text);
  }

  private constructor(
    private readonly judge: (gatewayApi: GatewayApi) => Verdict,
    /** What the documentation shows; none where it never can. */
    public readonly form: string | undefined,
    /** Why it never can. */
    public readonly why?: string,
  ) {}

  /** What holds with the Gateway API that a cluster has. */
  public at(gatewayApi: GatewayApi): Verdict {
    return this.judge(gatewayApi);
  }
}

/** What a target does about each feature. */
type Supports = Readonly<Record<FeatureName, Support>>;

/** A target as far as features go: its kind, and who carries it out. */
export interface Flavor {
  /** How messages and the documentation call it. */
  readonly text: string;
  /** What a user writes to get it. */
  readonly choice: string;
  readonly supports: Supports;
}
