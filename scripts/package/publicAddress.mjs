// Where the public finds the project. package.json's `repository.url` is the one place that says it.
import hostedGitInfo from "hosted-git-info";

/** No forge allows such a name, so that nobody's page is linked by mistake. */
const placeholderOwner = "__OWNER__";

export function publicAddress({ repository: { url } }) {
  const forge = hostedGitInfo.fromUrl(url);
  if (!forge) throw new Error(`repository.url in package.json is of no known forge: ${url}`);
  return {
    homepage: forge.docs(),
    bugs: forge.bugs(),
    /** The page of a file or folder in a version. */
    page: (path, version, isFolder) => {
      const at = { committish: tagOf(version) };
      return isFolder ? forge.browse(path, at) : forge.browseFile(path, at);
    },
    /** The content of a file in a version. */
    content: (path, version) => forge.file(path, { committish: tagOf(version) }),
  };
}

/** Why nothing may be published yet; undefined if it may. */
export function unknownAddress({ repository: { url } }) {
  if (!url.includes(placeholderOwner)) return undefined;
  return `Set the public address first: repository.url in package.json is still the placeholder ${url}.`;
}

export function tagOf(version) {
  return `v${version}`;
}
