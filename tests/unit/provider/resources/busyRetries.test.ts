import { BusyRetries } from "../../../../provider/resources/busyRetries";

const failed = {
  urn: "urn",
  id: "",
  type: "type",
  failedOperation: "create",
  errors: ['error: {\\nDMS.00400026: busy", 1 error occurred'],
};

describe("an operation that failed", () => {
  it("is retried as often as allowed while the instance is busy", () => {
    const retries = new BusyRetries();
    expect([1, 2, 3].map(() => retries.next(failed, 2))).toEqual([true, true, false]);
  });

  it("is counted for itself: another operation, resource, or one resource that replaces another", () => {
    const retries = new BusyRetries();
    expect(retries.next(failed, 1)).toBe(true);
    expect(retries.next({ ...failed, failedOperation: "update" }, 1)).toBe(true);
    expect(retries.next({ ...failed, urn: "other" }, 1)).toBe(true);
    expect(retries.next({ ...failed, id: "id" }, 1)).toBe(true);
    expect(retries.next(failed, 1)).toBe(false);
  });

  it("is not retried after an error of another kind, whatever was before it", () => {
    const retries = new BusyRetries();
    expect(retries.next({ ...failed, errors: ["DMS.00404022", ...failed.errors] }, 5)).toBe(false);
    expect(retries.next({ ...failed, errors: [] }, 5)).toBe(false);
  });

  it("is not retried if no retry is allowed", () => {
    expect(new BusyRetries().next(failed, 0)).toBe(false);
  });
});
