/** Commands in the documentation that no test runs as they stand, and why not. */
export const notRun: Record<string, string> = {
  "npm install pulumi-otc-background-task":
    "packed.test.ts installs the packed file: a registry would have another one",
  "pulumi package add terraform-provider opentelekomcloud/opentelekomcloud": "downloads a provider",
  "pulumi package add terraform-provider huaweicloud/huaweicloud": "downloads a provider",
  "npm run demo": "starts an engine of its own; the examples' tests run the same programs",
  "npm test": "is what runs this",
};

/** Pages whose commands another test runs, in order and from nothing. */
export const followedElsewhere: Record<string, string> = {
  "docs/getting-started.md": "documentedPages.test.ts",
};
