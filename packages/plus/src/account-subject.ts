import { Faults } from '@keelson/core';
import type { ISubject, SubjectConfiguration } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

const ID = 'PlusSubject';

/** A ServiceAccount of ours, as the bindings of cdk8s-plus-27 take it. Made by `ToPlus`. */
export class AccountSubject extends Construct implements ISubject {
  /** @internal */
  public static _of(owner: Construct, name: string, namespace: string | undefined): AccountSubject {
    return owner.node.tryFindChild(ID) as AccountSubject | undefined ?? new AccountSubject(owner, name, namespace);
  }

  private constructor(
    owner: Construct,
    /** The account's `metadata.name`. */
    public readonly accountName: string,
    /** The account's namespace; none where it isn't known, which is reported. */
    public readonly accountNamespace?: string,
  ) {
    super(owner, ID);
    if (accountNamespace === undefined) {
      Faults.report(owner, 'namespace', [{
        code: 'KEELSON2204', got: 'none', allowed: 'known, since a binding has to name the namespace of an account', fix: "give the chart a 'namespace'",
      }]);
    }
  }

  /** What cdk8s-plus-27 writes into the binding. */
  public toSubjectConfiguration(): SubjectConfiguration {
    return { kind: 'ServiceAccount', name: this.accountName, namespace: this.accountNamespace };
  }
}
