import type { EndingCauses } from "./ending-cause.ts";

/** Exceptions of Python itself: their type decides, since their message is the script's own. */
export const pythonCauses = {
  "missing-module": {
    ends: /^(?:ModuleNotFoundError|ImportError): No module named '?([\w.]+)'?|^No module named '?([\w.]+)'?/,
    message: "the script imports {module}, which the job does not have",
    remedy: "Add it to extra-py-files in the manifest, or to the job's --additional-python-modules.",
  },
  "name-not-importable": {
    ends: /^ImportError: /,
    message: "an import failed: {error}",
    remedy: "Compare the name with the module in the version that the job has.",
  },
  "missing-argument": {
    ends: /^(?:GlueArgumentError|ArgumentError|error): .*?(?:the following arguments are required: (.+)|(argument .+: expected .+))/,
    message: "the script needs an argument that the job does not get: {arguments}",
    remedy: "Add it to the job's default arguments, or to the step's arguments in the manifest.",
  },
  "argument-conflict": {
    ends: /^ArgumentError: .*conflicting option string/,
    message: "the script asks getResolvedOptions for an argument that Glue adds by itself: {error}",
    remedy: "Take the argument out of the list that the script gives to getResolvedOptions.",
  },
  "key-missing": {
    ends: /^KeyError\b/,
    message: "the script looks up a key that is not there: {error}",
    remedy: "Compare the key with what the script fills the dictionary from: its arguments, or the data.",
  },
  "value-rejected": {
    ends: /^ValueError\b/,
    message: "a value was rejected: {error}",
    remedy: "Find out where the value comes from: the data, or an argument of the job.",
  },
  "division-by-zero": {
    ends: /^ZeroDivisionError\b/,
    message: "the script divides by zero: {error}",
    remedy: "Look at where the divisor comes from; no rows or an empty group often make it zero.",
  },
  "attribute-missing": {
    ends: /^AttributeError\b/,
    message: "the script uses an attribute that is not there: {error}",
    remedy: "Check the name, and the version of the module that the job has.",
  },
  "type-misused": {
    ends: /^TypeError\b/,
    message: "the script uses a value of the wrong type: {error}",
    remedy: "Check the types of the values on that line; None stands for what was not found.",
  },
  "index-out-of-range": {
    ends: /^IndexError\b/,
    message: "the script takes an element that the list does not have: {error}",
    remedy: "Check whether the list is empty or shorter than the script expects.",
  },
  "name-undefined": {
    ends: /^(?:NameError|UnboundLocalError)\b/,
    message: "the script uses a name that is not defined: {error}",
    remedy: "Define or import the name before that line.",
  },
  "assertion-failed": {
    ends: /^AssertionError\b/,
    message: "an assertion of the script does not hold: {error}",
    remedy: "Look at the assertion on that line, and at the data that it checks.",
  },
  "file-missing": {
    ends: /^FileNotFoundError\b/,
    message: "the script opens a local file that is not there: {error}",
    remedy: "Give the file to the job with --extra-files, or read it from S3.",
  },
  "text-not-decodable": {
    ends: /^Unicode(?:Decode|Encode)Error\b/,
    message: "a text has another encoding than the script expects: {error}",
    remedy: "Name the encoding of the data where the script reads or writes it.",
  },
  "json-invalid": {
    ends: /^JSONDecodeError\b/,
    message: "a text is not valid JSON: {error}",
    remedy: "Look at the text that the script parses on that line; it may be empty.",
  },
  "recursion-too-deep": {
    ends: /^RecursionError\b/,
    message: "a function calls itself without end: {error}",
    remedy: "Look at the function on that line.",
  },
  "script-exited": {
    ends: /^SystemExit\b/,
    message: "the script ended itself: {error}",
    remedy: "Look at the sys.exit that the script came to.",
  },
  "not-implemented": {
    ends: /^NotImplementedError\b/,
    message: "the script uses a function that is not implemented: {error}",
    remedy: "Use another function, or a version that has it.",
  },
} as const satisfies EndingCauses;
