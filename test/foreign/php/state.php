<?php
declare(strict_types=1);

/** The state of the foreign NetServer: text files in one folder, which the runner reads and writes too. */
final class State
{
    public function __construct(private string $folder)
    {
    }

    /** @return list<list<string>> the rows of a file, cells separated by tabs */
    public function rows(string $name): array
    {
        $lines = @file("$this->folder/$name", FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES) ?: [];
        return array_map(fn (string $line) => explode("\t", $line), $lines);
    }

    /** @return list<string> */
    public function lines(string $name): array
    {
        return array_map(fn (array $row) => $row[0], $this->rows($name));
    }

    public function append(string $name, string ...$cells): void
    {
        file_put_contents("$this->folder/$name", implode("\t", $cells) . "\n", FILE_APPEND | LOCK_EX);
    }

    /** @param list<string> $lines */
    public function replace(string $name, array $lines): void
    {
        file_put_contents("$this->folder/$name", implode('', array_map(fn (string $line) => "$line\n", $lines)), LOCK_EX);
    }

    public function complain(string $what): void
    {
        $this->append('complaints', strtr($what, "\t\n", '  '));
    }
}
