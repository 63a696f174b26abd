import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import { SettingsError } from "../task/errors";
import { readTextFile } from "./textFile";

/**
 * A value of a YAML file and its place: "/home/me/clouds.yaml, line 3". A text is not whole if YAML reads a part of it as a tag,
 * or as an anchor that nothing refers to.
 */
export type YamlValue = { place: string } & (
  | { kind: "text"; text: string; isWhole: boolean }
  | { kind: "list"; values: YamlValue[] }
  | { kind: "mapping"; fields: YamlFields }
);
export type YamlFields = ReadonlyMap<string, YamlValue>;

// References to references could expand a few lines to gigabytes.
const mostValues = 10_000;

/** @throws SettingsError also if the file cannot be read, or is not UTF-8. */
export function readYamlFile(file: string): YamlFields {
  return parseYaml(file, readTextFile(file));
}

/**
 * The mapping that a file contains. Every scalar remains text: a password 0123 is not a number, and each setting interprets "no"
 * itself.
 *
 * @throws SettingsError with the file and the line, but none of the file's content: the parser's own errors and warnings may
 * repeat a part of it, secrets included.
 */
export function parseYaml(file: string, text: string): YamlFields {
  const lines = new LineCounter();
  const fault = (line: number, what: string) => new SettingsError(`${file} is not valid YAML: line ${line} (${what}).`);
  const document = parseDocument(text, { schema: "failsafe", merge: true, prettyErrors: false, lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    throw fault(lines.linePos(error.pos[0]).line, error.code);
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && isNull(contents))) {
    return new Map();
  }
  if (!isMap(contents)) {
    throw new SettingsError(`${file} must contain a mapping with the key "clouds".`);
  }
  const lineOf = (node: Node) => lines.linePos(node.range![0]).line;
  return new TreeReader(
    document,
    (node) => `${file}, line ${lineOf(node)}`,
    (node, what) => fault(lineOf(node), what),
  ).fieldsOf(contents);
}

class TreeReader {
  private readonly targets = new Map<Alias, Node>();
  private readonly referred: ReadonlySet<Node>;
  private readonly open = new Set<Node>();
  /** The references being followed, outermost first. */
  private readonly followed: Alias[] = [];
  private count = 0;

  constructor(
    document: Document,
    private readonly placeOf: (node: Node) => string,
    private readonly fault: (node: Node, what: string) => SettingsError,
  ) {
    // A reference means the last value before it with that name.
    const anchors = new Map<string, Node>();
    visit(document, {
      Value: (_, node) => void (node.anchor !== undefined && anchors.set(node.anchor, node)),
      Alias: (_, alias) => void this.targets.set(alias, anchors.get(alias.source) ?? alias),
    });
    this.referred = new Set(this.targets.values());
  }

  fieldsOf(map: YAMLMap): YamlFields {
    const own = new Map<string, YamlValue>();
    const merged: YamlFields[] = [];
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const { key } = pair;
      if (!isScalar(key)) {
        throw this.fault(key, `put a value that begins with "{", "[" or "*" in quotes; fill in templates`);
      }
      if (isMergeKey(key)) {
        merged.push(...this.mergedBy(pair.value, key));
      } else {
        own.set(textOf(key), this.valueOf(pair.value ?? key, pair.value === null));
      }
    }
    const all = new Map<string, YamlValue>();
    for (const [name, value] of [own, ...merged].flatMap((fields) => [...fields])) {
      if (!all.has(name)) {
        all.set(name, value);
      }
    }
    return all;
  }

  private valueOf(node: Node, isMissing = false): YamlValue {
    const place = this.placeOf(node);
    if (++this.count > mostValues) {
      throw this.fault(this.followed[0] ?? node, `more than ${mostValues} values, references included`);
    }
    if (isAlias(node)) {
      return this.resolved(node, (target) => this.valueOf(target));
    }
    if (isMap(node)) {
      return { kind: "mapping", place, fields: this.within(node, () => this.fieldsOf(node)) };
    }
    if (isSeq(node)) {
      const items = node.items as Node[];
      return { kind: "list", place, values: this.within(node, () => items.map((item) => this.valueOf(item))) };
    }
    const scalar = node;
    const text = isMissing || isNull(scalar) ? "" : textOf(scalar);
    const isWhole = scalar.tag === undefined && (scalar.anchor === undefined || this.referred.has(scalar));
    return { kind: "text", place, text, isWhole };
  }

  private mergedBy(source: Node | null, key: Node): YamlFields[] {
    if (isAlias(source)) {
      return this.resolved(source, (target) => this.mergedBy(target, key));
    }
    if (isSeq(source)) {
      return (source.items as Node[]).flatMap((item) => this.mergedBy(item, key));
    }
    if (!isMap(source)) {
      throw this.fault(key, `"<<" must refer to a mapping`);
    }
    return [this.within(source, () => this.fieldsOf(source))];
  }

  private resolved<T>(alias: Alias, read: (target: Node) => T): T {
    const target = this.targets.get(alias)!;
    if (target === alias) {
      throw this.fault(alias, `put a value that begins with "*" in quotes, or define its name with "&"`);
    }
    this.followed.push(alias);
    const value = read(target);
    this.followed.pop();
    return value;
  }

  private within<T>(node: Node, read: () => T): T {
    if (this.open.has(node)) {
      throw this.fault(node, "a reference to a value that contains it");
    }
    this.open.add(node);
    const value = read();
    this.open.delete(node);
    return value;
  }
}

function isMergeKey(key: Scalar): boolean {
  return key.source === "<<" && key.type === "PLAIN";
}

function textOf({ source, value }: Scalar): string {
  return typeof value === "string" ? value : (source ?? "");
}

/** What YAML 1.2's larger schemas read as null. */
function isNull({ type, source = "" }: Scalar): boolean {
  return type === "PLAIN" && ["", "~", "null", "Null", "NULL"].includes(source);
}
