/** The APIs that are asked: the Distributed Message Service's, and the Distributed Cache Service's. */
export type Api = "dms" | "dcs";
