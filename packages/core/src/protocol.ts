/**
 * Transport protocols of ports.
 *
 * @see https://kubernetes.io/docs/reference/networking/service-protocols/
 */
export enum Protocol {
  /** Connections, in order, nothing lost: HTTP, gRPC, databases. */
  TCP = 'TCP',

  /** Single datagrams: DNS, QUIC, syslog. */
  UDP = 'UDP',

  /** Streams of messages, mostly in telephony; not every network plug-in carries it. */
  SCTP = 'SCTP',
}
