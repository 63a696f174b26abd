import { quote } from "../../provider/output/secrets";

/** A value of JSON. */
type Json = unknown;

// What says how the service works, and nothing about the user. Everything else is replaced.
const kept = new Set([
  "status",
  "created_at",
  "updated_at",
  "task_count",
  "error_code",
  "job_type",
  "begin_time",
  "end_time",
]);
const ids = /^(id|.*_id|jobId)$/;

/** Replaces what is the user's in replies: ids by numbered ones, the same for the same, other texts by their length. */
export class Anonymous {
  private readonly numbers = new Map<string, string>();

  /** A reply's body, of any shape. */
  body(value: Json, field?: string): Json {
    if (Array.isArray(value)) {
      return value.map((element) => this.body(element, field));
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inside]) => [quote(name), this.field(name, inside)]));
    }
    return typeof value === "string" ? this.text(field, value) : value;
  }

  /** An id, wherever it stands. */
  id(text: string): string {
    const known = this.numbers.get(text);
    if (known !== undefined) {
      return known;
    }
    const id = `id-${this.numbers.size + 1}`;
    this.numbers.set(text, id);
    return id;
  }

  /** A path, in which each segment that was seen as an id is replaced. */
  path(path: string): string {
    return path.replace(/[^/?&=]+/g, (segment) => this.numbers.get(segment) ?? segment);
  }

  private field(name: string, value: Json): Json {
    // What the operation was given: its fields' names may tell something about the service, their values only about the user.
    const isUsers = name === "params" || name === "parameters" || name === "details";
    if (isUsers && typeof value === "string") {
      return `text of ${value.length} characters`;
    }
    return this.body(value, name);
  }

  private text(field: string | undefined, value: string): string {
    if (field === undefined) {
      return `text of ${value.length} characters`;
    }
    if (ids.test(field)) {
      return this.id(value);
    }
    // Names of operations are the service's own words.
    return kept.has(field) || (field === "name" && /^[A-Za-z]{1,60}$/.test(value))
      ? quote(value)
      : `text of ${value.length} characters`;
  }
}
