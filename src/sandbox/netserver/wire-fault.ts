/** Words of SOAP 1.1 itself or of WCF. */
type FaultCode =
  | 'VersionMismatch'
  | 'ActionNotSupported'
  | 'NotWellFormed'
  | 'DeserializationFailed'
  | 'InternalServiceFault';

/** A message that is wrong on the wire; it is answered with a soap:Fault and HTTP 500 and noted as the caller's mistake. */
export class WireFault extends Error {
  readonly code: FaultCode;
  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WireFault';
    this.code = code;
  }
}
