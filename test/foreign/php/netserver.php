<?php
declare(strict_types=1);

/** What the application behind the SOAP stack answers. Method names are those of the operations; SoapServer calls `Credentials` for the header. */
final class NetServer
{
    private ?string $ticket = null;
    private bool $nil;

    public function __construct(
        private SoapServer $server,
        private State $state,
        private string $namespace,
        private int $version,
        private string $service,
    ) {
        $this->nil = in_array('nil', $state->lines('mode'), true);
    }

    public function Credentials(?stdClass $credentials): void
    {
        $this->ticket = $credentials?->Ticket;
    }

    public function ApplicationToken(?string $token): void
    {
    }

    public function AuthenticateUsernamePassword(stdClass $asked): array
    {
        foreach ($this->state->rows('accounts') as [$login, $password, $id, $rights]) {
            if ($login !== $asked->UserName || $password !== $asked->Password) {
                continue;
            }
            $ticket = '7T:' . base64_encode(random_bytes(24)) . '&<';
            $this->state->append('tickets', $ticket);
            $this->note('AuthenticateUsernamePassword', true);
            return [
                'Response' => $this->members([
                    'UserType' => 'InternalAssociate',
                    'Associate' => strtoupper($login),
                    'AssociateId' => (int) $id,
                    'FunctionRights' => ['string' => explode(',', $rights)],
                ], ['CustomerName', 'DatabaseContextIdentifier', 'ProxyUserName']),
                'Credentials' => ['Ticket' => $ticket],
                'AuthenticationSucceeded' => true,
            ];
        }
        if (in_array('wrong-password-throws', $this->state->lines('mode'), true)) {
            return $this->refuse('AuthenticateUsernamePassword', 'SuperOffice.Exceptions.SoSessionException', 'Authentication failed!');
        }
        $this->note('AuthenticateUsernamePassword', true);
        return ['Response' => null, 'Credentials' => null, 'AuthenticationSucceeded' => false];
    }

    public function GetSystemInfo(): array
    {
        $this->note('GetSystemInfo', true);
        return ['SystemInfo' => $this->members([
            'Description' => 'SuperOffice NetServer',
            'FileVersion' => '8.5.7346.1605',
            'CompanyName' => 'Foreign & Sons <AS>',
            'DatabaseType' => 'MSSQL',
        ], ['License'])];
    }

    public function GetAssociateList(?stdClass $asked): array
    {
        $ids = $asked->AssociateIds->int ?? [];
        return $this->withTicket('GetAssociateList', $ids, fn () => $this->associates(fn (array $row) => in_array((int) $row[0], $ids, true)));
    }

    public function GetAssociatesByGroup(stdClass $asked): array
    {
        return $this->withTicket('GetAssociatesByGroup', [$asked->GroupId, $asked->Type], fn () => $this->associates(
            fn (array $row) => $asked->Type === 2 && (int) $row[4] === $asked->GroupId && $row[6] === '0',
        ));
    }

    public function LogOffWindowsUsers(?stdClass $asked): array
    {
        $ids = $asked->AssociateIds->int ?? [];
        return $this->withTicket('LogOffWindowsUsers', $ids, function () use ($ids) {
            $this->state->replace('on', array_values(array_diff($this->state->lines('on'), array_map(strval(...), $ids))));
            return [];
        });
    }

    public function GetList(stdClass $asked): array
    {
        return $this->withTicket('GetList', [], fn () => ['Response' => ['MDOListItem' => $asked->Name !== 'usergroup' ? [] : array_map(
            fn (array $group) => $this->members(
                ['Id' => (int) $group[0], 'Name' => $group[1], 'Deleted' => false, 'Rank' => 1],
                ['ToolTip', 'IconHint', 'StyleHint', 'ExtraInfo', 'ChildItems'],
            ),
            $this->state->rows('groups'),
        )]]);
    }

    public function GetArchiveListByColumns(stdClass $asked): array
    {
        return $this->withTicket('GetArchiveListByColumns', [implode('+', $asked->Entities->string ?? []), $asked->Page, $asked->PageSize], function () use ($asked) {
            $restrictions = $asked->Restriction->ArchiveRestrictionInfo ?? [];
            if ($asked->ProviderName !== 'InternalUsers' || $restrictions === [] || $asked->PageSize < 1 || $asked->PageSize > 1000) {
                throw new InvalidArgumentException('no such list');
            }
            foreach ($restrictions as $restriction) {
                if ($restriction->Name !== 'getAllRows' || $restriction->Operator !== '=' || $restriction->Values->string !== ['1'] || !$restriction->IsActive) {
                    throw new InvalidArgumentException('no such restriction');
                }
            }
            $rows = $this->users($asked->Entities->string ?? [], $asked->SortOrder->ArchiveOrderByInfo[0]->Name ?? 'fullName');
            $page = array_slice($rows, $asked->Page * $asked->PageSize, $asked->PageSize);
            return ['Response' => ['ArchiveListItem' => array_map(fn (array $row) => $this->archiveRow($row, $asked->Columns->string ?? []), $page)]];
        });
    }

    private function users(array $entities, string $sortBy): array
    {
        $on = $this->state->lines('on');
        $groups = array_column($this->state->rows('groups'), 1, 0);
        $wanted = fn (array $row): bool => array_intersect($entities, [
            ...($row[6] === '0' ? ['all'] : ['retired']),
            ...(in_array($row[0], $on, true) ? ['loggedOnWin'] : []),
        ]) !== [];
        $internal = array_filter($this->state->rows('associates'), fn (array $row) => $row[5] === 'InternalAssociate' && $wanted($row));
        $users = array_map(fn (array $row) => [
            'associateDbId' => "[I:$row[0]]",
            'assocName' => $row[1],
            'userName' => $row[1],
            'fullName' => $row[2],
            'personEmail' => $row[3] === '' ? null : $row[3],
            'usergroup' => $groups[$row[4]] ?? null,
            'id' => (int) $row[0],
        ], $internal);
        $key = $sortBy === 'associateDbId' ? 'id' : $sortBy;
        usort($users, fn (array $one, array $other) => $one[$key] <=> $other[$key]);
        return $users;
    }

    private function archiveRow(array $row, array $columns): array
    {
        return $this->members([
            'EntityName' => 'associate',
            'PrimaryKey' => $row['id'],
            'ColumnData' => ['ColumnDataKeyValuePair' => array_map(fn (string $column) => [
                'Key' => $column,
                'Value' => array_key_exists($column, $row)
                    ? $this->members(['DisplayValue' => $row[$column]], ['TooltipHint', 'LinkHint'])
                    : throw new InvalidArgumentException("no column $column"),
            ], $columns)],
        ], ['LinkHint', 'StyleHint']);
    }

    private function associates(callable $wanted): array
    {
        $found = array_values(array_filter($this->state->rows('associates'), $wanted));
        return ['Response' => ['Associate' => array_map(fn (array $row) => $this->members([
            'AssociateId' => (int) $row[0],
            'Name' => $row[1],
            'PersonId' => 0,
            'Rank' => 0,
            'Type' => $row[5],
            'GroupIdx' => (int) $row[4],
            'FullName' => $row[2],
            'Deleted' => $row[6] === '1',
            'EjUserId' => 0,
            // Later than the others by two versions.
            ...($this->version >= 86 ? ['UserName' => $row[1]] : []),
        ], ['TableRight', 'FieldProperties', 'Tooltip', 'FormalName']), $found)]];
    }

    /** WCF writes members without a value as nil; other versions of it leave them out. */
    private function members(array $members, array $empty): array
    {
        return $this->nil ? [...$members, ...array_fill_keys($empty, null)] : $members;
    }

    private function withTicket(string $operation, array $words, callable $answer): array
    {
        if (!in_array((string) $this->ticket, $this->state->lines('tickets'), true)) {
            return $this->refuse($operation, 'SuperOffice.Exceptions.SoSessionException', 'Authentication failed!', $words);
        }
        foreach ($this->state->rows('troubles') as [$which, $exception, $text]) {
            if ($which === $operation && $exception === 'fault') {
                $this->state->append('journal', $this->service, $operation, 'no', implode(',', $words));
                throw new SoapFault('Server', $text);
            }
            if ($which === $operation) {
                return $this->refuse($operation, $exception, $text, $words);
            }
        }
        try {
            $body = $answer();
        } catch (InvalidArgumentException $error) {
            return $this->refuse($operation, 'SuperOffice.Exceptions.SoInvalidArgumentException', $error->getMessage(), $words);
        }
        $this->note($operation, true, $words);
        return $body;
    }

    /** The vendor's way to fail: an ordinary answer with an empty body, and the verdict in the headers. */
    private function refuse(string $operation, string $exception, string $text, array $words = []): array
    {
        $this->header('ExceptionInfo', $this->members([
            'Message' => $text,
            'StackTrace' => '   at SuperOffice.Secret.Place()',
            'FriendlyText' => $text,
            'ExceptionType' => $exception,
            'Source' => 'SuperOffice',
        ], ['InnerException', 'Parameters']));
        $this->note($operation, false, $words);
        return [];
    }

    private function note(string $operation, bool $succeeded, array $words = []): void
    {
        if ($succeeded && $this->nil) {
            // SoapServer leaves the nil out of a header without a value.
            $nil = "<so:ExceptionInfo xmlns:so='$this->namespace' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>";
            $this->header('ExceptionInfo', new SoapVar($nil, XSD_ANYXML));
            $this->header('ExtraInfo', null);
        }
        $this->header('Succeeded', $succeeded);
        $this->state->append('journal', $this->service, $operation, $succeeded ? 'yes' : 'no', implode(',', $words));
    }

    private function header(string $name, mixed $value): void
    {
        $this->server->addSoapHeader(new SoapHeader($this->namespace, $name, $value));
    }
}
