/** Something like a package: what its API is, and how a specimen uses it. */
export enum Colour { RED = 'red', GREEN = 'green' }

export interface BaseProps { readonly name?: string }
export interface ShopProps extends BaseProps { readonly colour?: Colour; readonly size?: number }
export interface OtherProps { readonly size?: number }

export class Shop {
  public static readonly OPEN = 'open';
  public static named(name: string): Shop {
    return new Shop({ name });
  }

  public constructor(public readonly props: ShopProps | undefined) {}
  public close(): void {}
  public reopen(): void {}
}

export class Kiosk extends Shop {}
