import * as api from '../shop.js';
import { Colour, Kiosk, type OtherProps } from '../shop.js';

const base = { colour: Colour.RED };
const other: OtherProps = { size: 3 };

/** `size` is of another struct, and `reopen` is of another object. */
class Market extends Kiosk {}
export const shop = new Market({ ...base, name: `market of ${other.size ?? 0}` });
shop.close();
({ reopen: () => api.Shop.OPEN }).reopen();
