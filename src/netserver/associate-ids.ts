import { type AssociateId, MAX_ASSOCIATE_ID } from '../core/ids.ts';
import { NetServerError } from './errors.ts';
import { ARRAYS_NAMESPACE } from './wsdl/document.ts';

/**
 * The list of ids as ready XML, some 20 bytes each: the package would declare a namespace on every element, and sends
 * NaN, text and null as they are. Refuses an empty list, what is not a whole number from 1 to 2147483647, and an id that
 * stands there twice. Checked by hand: the schema of an id takes as long for 1,000 of them as the rest of the call
 * (bench/README.md, "Ids").
 */
export function associateIdsXml(ids: readonly AssociateId[]): object {
  const valid = ids.length > 0 && ids.every((id) => Number.isInteger(id) && id >= 1 && id <= MAX_ASSOCIATE_ID);
  if (!valid || new Set(ids).size !== ids.length) throw new NetServerError('bad_input', { executed: 'no' });
  return { attributes: { 'xmlns:a': ARRAYS_NAMESPACE }, $xml: `<a:int>${ids.join('</a:int><a:int>')}</a:int>` };
}
