<?php
declare(strict_types=1);

/** Checks a message against one published WSDL: envelope, action, header blocks and body, with libxml's schema validation. */
final class Strict
{
    private const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
    private const XS = 'http://www.w3.org/2001/XMLSchema';

    private DOMXPath $wsdl;
    private string $schema;

    public function __construct(string $file, private string $folder)
    {
        libxml_use_internal_errors(true);
        $document = new DOMDocument();
        $document->load($file);
        $this->wsdl = new DOMXPath($document);
        $this->wsdl->registerNamespace('w', 'http://schemas.xmlsoap.org/wsdl/');
        $this->wsdl->registerNamespace('b', 'http://schemas.xmlsoap.org/wsdl/soap/');
        $this->wsdl->registerNamespace('xs', self::XS);
        $this->schema = $this->cutSchemas();
    }

    /** What is wrong with the message, in words; empty where it is just what was published. */
    public function problems(string $xml, string $action): array
    {
        $message = new DOMDocument();
        if (!$message->loadXML($xml, LIBXML_NONET)) {
            return ['no XML: ' . $this->lastWords()];
        }
        if ($message->doctype !== null) {
            return ['a document type'];
        }
        $envelope = $message->documentElement;
        if ($envelope->localName !== 'Envelope' || $envelope->namespaceURI !== self::SOAP) {
            return ["no SOAP 1.1 envelope but {{$envelope->namespaceURI}}{$envelope->localName}"];
        }
        $parts = self::children($envelope);
        $names = array_map(fn (DOMElement $part) => ($part->namespaceURI === self::SOAP ? '' : 'foreign ') . $part->localName, $parts);
        if ($names !== ['Header', 'Body'] && $names !== ['Body']) {
            return ['the envelope holds ' . implode(', ', $names)];
        }
        $inside = self::children(end($parts));
        if (count($inside) !== 1) {
            return ['the body holds ' . count($inside) . ' elements'];
        }
        $operation = $inside[0]->localName;
        $declared = $this->wsdl->evaluate("string(//w:binding/w:operation[@name='$operation']/b:operation/@soapAction)");
        if ($declared === '') {
            return ["unknown operation $operation"];
        }
        $headers = count($parts) === 2 ? self::children($parts[0]) : [];
        return [
            ...($action === "\"$declared\"" ? [] : ["SOAPAction $action where \"$declared\" is declared"]),
            ...$this->headerProblems($headers, $operation),
            ...$this->schemaProblems($inside[0]),
        ];
    }

    private function headerProblems(array $headers, string $operation): array
    {
        $allowed = [];
        foreach ($this->wsdl->query("//w:binding/w:operation[@name='$operation']/w:input/b:header/@part") as $part) {
            $allowed[] = $part->nodeValue;
        }
        $names = array_map(fn (DOMElement $header) => $header->localName, $headers);
        $problems = [];
        foreach ($headers as $header) {
            if (!in_array($header->localName, $allowed, true)) {
                $problems[] = "$operation declares no header {$header->localName}";
            }
            array_push($problems, ...$this->schemaProblems($header));
        }
        return count(array_unique($names)) === count($names) ? $problems : [...$problems, 'a header stands there twice'];
    }

    private function schemaProblems(DOMElement $element): array
    {
        libxml_clear_errors();
        $alone = new DOMDocument();
        // In the canonical form, namespaces that are declared further out come along.
        $alone->loadXML($element->C14N());
        return $alone->schemaValidate($this->schema) ? [] : ["{$element->localName}: " . $this->lastWords()];
    }

    /** libxml wants each schema of the WSDL as a file, and every import to say where. Returns the first one. */
    private function cutSchemas(): string
    {
        $first = "$this->folder/0.xsd";
        if (is_file($first)) {
            return $first;
        }
        $schemas = iterator_to_array($this->wsdl->query('//w:types/xs:schema'));
        $place = [];
        foreach ($schemas as $at => $schema) {
            $place[$schema->getAttribute('targetNamespace')] = "$at.xsd";
        }
        $draft = "$this->folder-" . getmypid();
        mkdir($draft);
        foreach ($schemas as $at => $schema) {
            foreach ($this->wsdl->query('xs:import', $schema) as $import) {
                $import->setAttribute('schemaLocation', $place[$import->getAttribute('namespace')]);
            }
            file_put_contents("$draft/$at.xsd", $schema->C14N());
        }
        // Several requests may come first at once.
        @rename($draft, $this->folder);
        return $first;
    }

    private function lastWords(): string
    {
        $error = libxml_get_errors()[0] ?? null;
        libxml_clear_errors();
        return $error === null ? 'refused' : trim($error->message);
    }

    /** @return list<DOMElement> */
    private static function children(DOMElement $element): array
    {
        return array_values(array_filter(iterator_to_array($element->childNodes), fn ($node) => $node instanceof DOMElement));
    }
}
