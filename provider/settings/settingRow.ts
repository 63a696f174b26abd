/** Where one cloud's names for a setting are searched for, in the order of the lists. The first that is set takes precedence. */
export interface CloudPlaces {
  /**
   * Keys of the Pulumi configuration, in the cloud's own namespace unless they name another. "assumeRole.agencyName" is a
   * field of the object "assumeRole".
   */
  config: readonly string[];
  /** Environment variables. */
  env: readonly string[];
}

/** Where one setting is searched for: by Open Telekom Cloud's names, and in `huaweicloud` by Huawei Cloud's. */
export interface SettingRow extends CloudPlaces {
  huaweicloud?: CloudPlaces;
  /** Paths in an entry of clouds.yaml, of either cloud. */
  clouds: readonly string[];
  /** Fields of a profile in the file of Huawei Cloud's command line. */
  profile?: readonly string[];
  isSecret?: true;
  /** One line, sent in a header or used to sign. A line end, as of the file it was read from, is removed. */
  isOneLine?: true;
  /** How to connect: it serves both clouds alike, and chooses neither. */
  isShared?: true;
  /** It goes with credentials of either cloud, and chooses neither. */
  isAddition?: true;
}

/** Where one setting is searched for in one cloud. */
export interface SettingPlaces extends CloudPlaces, Omit<SettingRow, "huaweicloud" | "profile"> {
  profile: readonly string[];
}
