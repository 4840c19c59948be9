type UserType =
  | 'Unknown'
  | 'InternalAssociate'
  | 'ResourceAssociate'
  | 'ExternalAssociate'
  | 'AnonymousAssociate'
  | 'SystemAssociate';

export type Associate = {
  readonly id: number;
  /** The login name, often initials. */
  readonly name: string;
  readonly fullName: string;
  readonly userType: UserType;
  readonly groupId: number;
  readonly otherGroupIds: readonly number[];
  /** Retired: a former employee. */
  readonly deleted: boolean;
  readonly email: string;
  /** 0 where there is no person record behind the user. */
  readonly personId: number;
  /** The company whose user this is; seeing those of another one takes a function right. */
  readonly companyId: number;
  readonly rank: number;
  readonly userName: string;
  readonly role: string;
  readonly canLogin: boolean;
};

/** An associate to be added: only the id and the login name are needed. */
export type NewAssociate = Pick<Associate, 'id' | 'name'> & Partial<Associate>;

export type Group = { readonly id: number; readonly name: string; readonly deleted?: boolean };

/** What somebody may log on with through the service. */
export type Account = {
  readonly userName: string;
  readonly password: string;
  readonly associateId: number;
  readonly functionRights: readonly string[];
};

/** Fills in what was not said about an associate. */
export const completeAssociate = (given: NewAssociate): Associate => ({
  fullName: given.name,
  userType: 'InternalAssociate',
  groupId: 1,
  otherGroupIds: [],
  deleted: false,
  email: '',
  personId: given.id + 1000,
  companyId: 1,
  rank: 0,
  userName: given.name,
  role: 'User level 0',
  canLogin: given.deleted !== true,
  ...given,
});
