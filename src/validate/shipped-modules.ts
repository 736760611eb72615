/**
 * Packages that a Glue version installs, by name. Glue 5.0 and newer alone: AWS publishes their lists in
 * awslabs/aws-glue-libs (base-requirements.txt of the branches glue-5.0, glue-5.1 and main, the last for 6.0).
 */
const packages: Readonly<Record<string, string>> = {
  "5.0":
    "aiobotocore aiohappyeyeballs aiohttp aioitertools aiosignal appdirs attrs boto3 botocore certifi charset-normalizer contourpy cycler fonttools frozenlist fsspec idna jmespath kaleido kiwisolver matplotlib multidict numpy packaging pandas pillow pip plotly pyarrow pyparsing python-dateutil pytz requests s3fs s3transfer seaborn setuptools six tenacity tzdata urllib3 virtualenv wrapt yarl",
  "5.1":
    "aiobotocore aiohappyeyeballs aiohttp aioitertools aiosignal appdirs attrs boto3 botocore certifi charset-normalizer choreographer contourpy cycler distlib filelock fonttools frozenlist fsspec idna iniconfig jmespath kaleido kiwisolver logistro matplotlib multidict narwhals numpy orjson packaging pandas pillow pip platformdirs plotly pluggy propcache pyarrow pygments pyparsing pytest-timeout pytest python-dateutil pytz requests s3fs s3transfer seaborn setuptools simplejson six tenacity typing_extensions tzdata urllib3 uv virtualenv wrapt yarl",
  "6.0":
    "aiobotocore aiohappyeyeballs aiohttp aioitertools aiosignal appdirs attrs boto3 botocore certifi charset-normalizer choreographer contourpy cycler distlib filelock fonttools frozenlist fsspec googleapis-common-protos grpcio grpcio-status idna iniconfig jmespath kaleido kiwisolver logistro matplotlib multidict narwhals numpy orjson packaging pandas pillow pip platformdirs plotly pluggy propcache protobuf pyarrow pygments pyparsing pytest pytest-timeout python-dateutil python-discovery pytz pyyaml requests s3fs s3transfer seaborn setuptools simplejson six tenacity typing_extensions tzdata urllib3 uv virtualenv wrapt yarl zstandard",
};

/** Modules of packages that have another name than what is imported. */
const modulesOf: Readonly<Record<string, readonly string[]>> = {
  attrs: ["attr", "attrs"],
  beautifulsoup4: ["bs4"],
  fonttools: ["fontTools"],
  "googleapis-common-protos": ["google"],
  grpcio: ["grpc"],
  matplotlib: ["matplotlib", "mpl_toolkits", "pylab"],
  "opencv-python": ["cv2"],
  pillow: ["PIL"],
  protobuf: ["google"],
  pycryptodome: ["Crypto"],
  pyjwt: ["jwt"],
  pytest: ["pytest", "_pytest"],
  "python-dateutil": ["dateutil"],
  "python-dotenv": ["dotenv"],
  pyyaml: ["yaml"],
  "scikit-learn": ["sklearn"],
  setuptools: ["setuptools", "pkg_resources", "distutils"],
};

/** Of Glue and Spark themselves. `delta` comes with --datalake-formats, and jars can bring it. */
const always = ["awsglue", "awsgluedi", "awsgluedq", "awsglueml", "delta", "py4j", "pyspark"];

/** The modules that a Glue version has, by their top-level names; undefined where AWS publishes no list. */
export function shippedModules(glueVersion: string): ReadonlySet<string> | undefined {
  const listed = packages[glueVersion]?.split(" ");
  return listed && new Set([...always, ...listed.flatMap(modulesOfPackage)]);
}

/**
 * Whether a package may bring a module: by its own name, or one that begins alike (`mysql-connector-python` brings
 * `mysql`). What else it installs isn't known.
 */
export function mayBring(packageName: string, module: string): boolean {
  const [wanted, given] = [plain(module), plain(packageName)];
  return (
    modulesOfPackage(packageName.toLowerCase()).includes(module) ||
    given.startsWith(wanted) ||
    wanted.startsWith(given)
  );
}

function modulesOfPackage(name: string): readonly string[] {
  return modulesOf[name] ?? [name.replaceAll("-", "_")];
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
