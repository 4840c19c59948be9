/** Whether a host name of a URL is this very machine: traffic to it never leaves it. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** The text as a web address; nothing where it is none. */
export function webAddress(text: string): URL | undefined {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined;
}

/**
 * What is wrong with the address of a server to call, whatever its protocol. The text itself is never repeated: it may
 * hold a password.
 */
export function webAddressProblem(text: string): string | undefined {
  const url = webAddress(text);
  if (url === undefined || text !== text.trim())
    return 'must be an address that starts with https://, such as https://crm.example.com';
  if (url.username !== '' || url.password !== '') {
    return 'must not hold a user name or password: set NETSERVER_USERNAME and NETSERVER_PASSWORD in the environment';
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text))
    return 'must not hold a ? or # part: give the address alone';
  if (/\/remote\/services\d+/i.test(url.pathname) || /\.svc\/?$/i.test(url.pathname)) {
    return 'must be the part before /Remote/Services…: the rest is added by itself';
  }
  return undefined;
}

/** True where the address would send secrets readable over a network. */
export const isPlainHttp = (url: URL): boolean => url.protocol === 'http:' && !isLoopback(url.hostname);
