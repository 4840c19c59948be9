<?php
// One request to the foreign NetServer, run by PHP's own web server: address, strict checks, then PHP's SoapServer on the vendor's published WSDL.
declare(strict_types=1);

require __DIR__ . '/strict.php';
require __DIR__ . '/state.php';
require __DIR__ . '/netserver.php';

ini_set('soap.wsdl_cache_enabled', '0');
ini_set('display_errors', '0');

$state = new State((string) getenv('FOREIGN_STATE'));
$body = (string) file_get_contents('php://input');
$path = (string) parse_url((string) $_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (preg_match('~^/crm/Remote/Services(8[4-8])/(SoPrincipal|Associate|Archive|MDO)\.svc$~', $path, $found) !== 1) {
    http_response_code(404);
    exit;
}
[, $version, $service] = $found;
if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    http_response_code(405);
    exit;
}
// WCF's basic binding takes nothing else, and says so before it reads the message.
if (preg_match('~^text/xml; ?charset=utf-8$~i', (string) ($_SERVER['CONTENT_TYPE'] ?? '')) !== 1) {
    $state->complain("$service: content type " . ($_SERVER['CONTENT_TYPE'] ?? 'missing'));
    http_response_code(415);
    exit;
}

$wsdl = getenv('FOREIGN_WSDL') . "/WSDL-Services$version-$service.xml";
$strict = new Strict($wsdl, getenv('FOREIGN_STATE') . "/schemas-$version-$service");
$problems = $strict->problems($body, (string) ($_SERVER['HTTP_SOAPACTION'] ?? ''));
$server = new SoapServer($wsdl, ['soap_version' => SOAP_1_1, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS, 'send_errors' => false]);
if ($problems !== []) {
    foreach ($problems as $problem) {
        $state->complain("$service: $problem");
    }
    $server->fault('Client', 'The message is not what the contract says: ' . $problems[0]);
    exit;
}
$namespace = "http://www.superoffice.net/ws/crm/NetServer/Services$version";
$server->setObject(new NetServer($server, $state, $namespace, (int) $version, $service));
$server->handle($body);
