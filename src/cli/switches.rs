//! Nim's own command line switches: `-d:x`, `--path:DIR`, `--mm:orc`, in a command line and in `nim.cfg`.
//!
//! A switch is either understood and changes [`Options`], or known and without effect here (it concerns the C compiler,
//! or the compiler's chatter), or unknown.

use std::ffi::OsString;

use midair::host::Options;

/// A switch as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Switch {
    /// Its name, without dashes, in lower case and without underscores, as Nim compares them.
    pub name: String,
    /// What follows the first `:` or `=`.
    pub value: Option<String>,
}

impl Switch {
    /// The switch `name`, with `value`.
    pub fn new(name: &str, value: Option<&str>) -> Switch {
        let name = name.chars().filter(|&c| c != '_' && c != '-');
        Switch {
            name: name.map(|c| c.to_ascii_lowercase()).collect(),
            value: value.map(str::to_owned),
        }
    }

    /// Reads `--name`, `--name:value`, `-n:value` or `--name=value`; nothing for what does not begin with a dash.
    pub fn parse(arg: &str) -> Option<Switch> {
        let body = arg.strip_prefix("--").or_else(|| arg.strip_prefix('-'))?;
        let end = body.find([':', '=']).unwrap_or(body.len());
        let name = &body[..end];
        let mut rest = body[end..].chars();
        let value = rest.next().map(|_| rest.as_str());
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            .then(|| Switch::new(name, value))
    }
}

/// What a switch came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It is in the options now.
    Applied,
    /// Nothing to do: midair does that anyway, or it is about something that midair does not have and nobody misses.
    Nothing,
    /// It would matter, and midair does not do it.
    Ignored,
    /// Not a switch of Nim or midair.
    Unknown,
    /// It cannot be: why.
    Wrong(String),
}

/// What is said of these is already so, or is about the compiler's output or the C that Nim makes.
const NOTHING: &[&str] = &[
    "colors",
    "cpu",
    "debuginfo",
    "debugger",
    "embedsrc",
    "errormax",
    "excessivestacktrace",
    "f",
    "filenames",
    "forcebuild",
    "hint",
    "hintaserror",
    "hints",
    "hotcodereloading",
    "incremental",
    "legacy",
    "linedir",
    "linetrace",
    "listcmd",
    "listfullpaths",
    "o",
    "opt",
    "os",
    "out",
    "outdir",
    "nimcache",
    "parallelbuild",
    "processing",
    "r",
    "run",
    "showallmismatches",
    "skipcfg",
    "skipparentcfg",
    "skipprojcfg",
    "skipusercfg",
    "spellsuggest",
    "stacktrace",
    "stacktracemsgs",
    "stdout",
    "stylecheck",
    "tlsemulation",
    "verbosity",
    "w",
    "warning",
    "warningaserror",
    "warnings",
    "unitsep",
    "usage",
];

/// These change what a program does or needs under the real Nim.
const IGNORED: &[&str] = &[
    "app",
    "cc",
    "cincludes",
    "compileonly",
    "define.c",
    "deepcopy",
    "dynlibdir",
    "dynliboverride",
    "dynliboverrideall",
    "exceptions",
    "experimental",
    "floatchecks",
    "genscript",
    "header",
    "implicitstatic",
    "import",
    "include",
    "infchecks",
    "multimethods",
    "nanchecks",
    "nilseqs",
    "nimmainprefix",
    "noappend",
    "nolinking",
    "nomain",
    "passc",
    "patterns",
    "profiler",
    "sinkinference",
    "staticboundchecks",
    "taintmode",
    "t",
    "trmacros",
];

/// Applies a switch to `options`. Relative paths are taken as they are.
pub fn apply(switch: &Switch, options: &mut Options) -> Effect {
    let value = switch.value.as_deref();
    match switch.name.as_str() {
        "d" | "define" => with_value(switch, |value| define(options, value)),
        "u" | "undef" => with_value(switch, |value| options.undefines.push(value.to_owned())),
        "p" | "path" => with_value(switch, |value| options.path(value)),
        "lib" => with_value(switch, |value| options.search.lib = Some(value.into())),
        "nimblepath" | "babelpath" => {
            with_value(switch, |value| options.search.packages.push(value.into()))
        }
        "nonimblepath" | "nobabelpath" | "clearnimblepath" => {
            options.search.packages.clear();
            Effect::Applied
        }
        "clearpath" => {
            options.search.paths.clear();
            Effect::Applied
        }
        "excludepath" => with_value(switch, |value| {
            options
                .search
                .paths
                .retain(|path| path.as_os_str() != value);
        }),
        "passl" | "l" => linked(switch, options, ""),
        "clib" => linked(switch, options, "-l"),
        "clibdir" => linked(switch, options, "-L"),
        "mm" | "gc" => match value {
            Some("orc" | "arc" | "atomicArc" | "destructors") => Effect::Nothing,
            _ => Effect::Wrong(
                "midair manages memory as --mm:orc does; nothing else is available".into(),
            ),
        },
        "hotcodereloading" if value == Some("off") => {
            Effect::Wrong("code can always be reloaded in midair".into())
        }
        name if check(name).is_some() => on_off(switch, options),
        name if NOTHING.contains(&name) => Effect::Nothing,
        name if name.starts_with("hint[") || name.starts_with("warning[") => Effect::Nothing,
        name if IGNORED.contains(&name) || name.contains('.') => Effect::Ignored,
        _ => Effect::Unknown,
    }
}

fn with_value(switch: &Switch, apply: impl FnOnce(&str)) -> Effect {
    match switch.value.as_deref() {
        None | Some("") => Effect::Wrong(format!("--{} needs a value", switch.name)),
        Some(value) => {
            apply(value);
            Effect::Applied
        }
    }
}

/// Adds words for a linker, which `flag` stands before.
fn linked(switch: &Switch, options: &mut Options, flag: &str) -> Effect {
    match switch.value.as_deref() {
        None | Some("") => Effect::Wrong(format!("--{} needs a value", switch.name)),
        Some(value) => match options.link(&format!("{flag}{value}")) {
            Ok(()) => Effect::Applied,
            Err(why) => Effect::Wrong(why),
        },
    }
}

fn define(options: &mut Options, value: &str) {
    match value.split_once([':', '=']) {
        Some((name, value)) => options.define(name, Some(value)),
        None => options.define(value, None),
    }
}

type Setter = fn(&mut Options, bool);

/// How to turn the check that a switch names on or off.
fn check(name: &str) -> Option<Setter> {
    Some(match name {
        "checks" | "x" => |options, on| {
            let assertions = options.checks.assertions;
            options.checks = match on {
                true => midair::sema::typed::Checks::ON,
                false => midair::sema::typed::Checks::OFF,
            };
            options.checks.assertions = assertions;
        },
        "overflowchecks" => |options, on| options.checks.overflow = on,
        "boundchecks" => |options, on| options.checks.bounds = on,
        "rangechecks" => |options, on| {
            options.checks.range = on;
            options.checks.conversion = on;
        },
        "fieldchecks" => |options, on| options.checks.field = on,
        "nilchecks" => |options, on| options.checks.nil = on,
        "objchecks" => |options, on| options.checks.conversion = on,
        "threads" => |options, on| options.threads = on,
        "assertions" | "a" => |options, on| options.checks.assertions = on,
        _ => return None,
    })
}

fn on_off(switch: &Switch, options: &mut Options) -> Effect {
    let on = match switch.value.as_deref() {
        None | Some("on") => true,
        Some("off") => false,
        Some(other) => {
            return Effect::Wrong(format!("--{} is on or off, not '{other}'", switch.name));
        }
    };
    if let Some(set) = check(&switch.name) {
        set(options, on);
    }
    Effect::Applied
}

/// Options of midair itself, which `clap` reads.
const OWN: &[&str] = &[
    "watch",
    "control",
    "json",
    "reinit",
    "reset",
    "skipbefore",
    "against",
    "report",
    "messages",
    "help",
    "version",
    "ast",
    "mir",
    "clif",
    "asm",
    "interpret",
    "reset",
    "reinit",
    "against",
];

/// Rewrites Nim's form of switches (`-d:x`, `--path:DIR`) into one that `clap` reads. In `run`, what follows the file
/// belongs to the program and stays as it is.
pub fn normalize(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut out: Vec<OsString> = Vec::new();
    let mut args = args.into_iter().peekable();
    out.extend(args.next());
    let mut positional = 0;
    let mut run = false;
    while let Some(arg) = args.next() {
        let Some(text) = arg.to_str().filter(|text| text.len() > 1 && *text != "--") else {
            out.push(arg);
            out.extend(args);
            return out;
        };
        match Switch::parse(text) {
            Some(switch) => {
                let bare = switch.value.is_none();
                let own = OWN.contains(&switch.name.as_str());
                let joint = match &*switch.name {
                    name if bare && wants_value(name) => Some(if own { "=" } else { ":" }),
                    // The format may be left out.
                    "report" if bare && args.peek().is_some_and(is_report_format) => Some("="),
                    _ => None,
                };
                out.push(rewritten(text, switch));
                if let Some(joint) = joint {
                    let value = args.next().unwrap_or_default();
                    let last = out.last_mut().expect("the switch was pushed");
                    last.push(joint);
                    last.push(value);
                }
            }
            None => {
                positional += 1;
                run |= positional == 1 && text == "run";
                out.push(arg);
                if run && positional == 2 {
                    out.extend(args);
                    return out;
                }
            }
        }
    }
    out
}

fn is_report_format(arg: &OsString) -> bool {
    arg == "json" || arg == "text"
}

/// Is `-d x` meant where `-d` stands alone? Of midair's own, those that name something.
fn wants_value(name: &str) -> bool {
    let nims = matches!(name, "d" | "define" | "p" | "path" | "lib" | "u" | "undef");
    nims || matches!(name, "reset" | "reinit" | "against" | "control")
}

fn rewritten(text: &str, switch: Switch) -> OsString {
    if OWN.contains(&switch.name.as_str())
        || matches!(switch.name.as_str(), "h" | "v") && switch.value.is_none()
    {
        let dashes = if text.starts_with("--") { "--" } else { "-" };
        return match switch.value {
            Some(value) => format!("{dashes}{}={value}", switch.name).into(),
            None => format!("{dashes}{}", switch.name).into(),
        };
    }
    // Everything else is Nim's, and read by `apply` in the order given.
    match switch.value {
        Some(value) => format!("--nim={}:{value}", switch.name).into(),
        None => format!("--nim={}", switch.name).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalized(args: &[&str]) -> Vec<String> {
        let args = args.iter().map(|&a| OsString::from(a));
        normalize(args)
            .into_iter()
            .map(|a| a.into_string().unwrap())
            .collect()
    }

    #[test]
    fn names_may_follow_our_own_switches() {
        let given = [
            "midair",
            "run",
            "--reset",
            "a.b",
            "--reinit:c.d",
            "main.nim",
            "--reset",
        ];
        let want = [
            "midair",
            "run",
            "--reset=a.b",
            "--reinit=c.d",
            "main.nim",
            "--reset",
        ];
        assert_eq!(normalized(&given), want);
    }

    #[test]
    fn nims_switches_are_collected_up_to_the_file() {
        assert_eq!(
            normalized(&[
                "midair",
                "run",
                "-d:x:1",
                "--Path=lib",
                "--watch",
                "-d",
                "y",
                "a.nim",
                "-d:z"
            ]),
            [
                "midair",
                "run",
                "--nim=d:x:1",
                "--nim=path:lib",
                "--watch",
                "--nim=d:y",
                "a.nim",
                "-d:z"
            ]
        );
        assert_eq!(
            normalized(&["midair", "dump", "a.nim", "--mir", "-d:z"]),
            ["midair", "dump", "a.nim", "--mir", "--nim=d:z"]
        );
    }

    fn applied(switches: &[&str]) -> (Options, Vec<Effect>) {
        let mut options = Options::default();
        let effects = switches
            .iter()
            .map(|s| apply(&Switch::parse(s).unwrap(), &mut options))
            .collect();
        (options, effects)
    }

    #[test]
    fn defines_paths_and_checks_take_effect() {
        let (options, effects) = applied(&[
            "-d:level:3",
            "--define:fast",
            "-p:deps",
            "--boundChecks:off",
            "--checks",
            "--passL:-lfoo -s",
            "-l:-lbar",
            "--clib:baz",
            "--clibdir:/opt",
        ]);
        assert!(effects.iter().all(|e| *e == Effect::Applied));
        assert_eq!(options.defines[0], ("level".into(), "3".into()));
        assert_eq!(options.defines[1], ("fast".into(), "true".into()));
        assert_eq!(options.search.paths, [std::path::PathBuf::from("deps")]);
        assert!(options.checks.bounds);
        assert_eq!(options.linked, ["-lfoo -s", "-lbar", "-lbaz", "-L/opt"]);
        let (options, _) = applied(&["-d:danger"]);
        assert!(!options.checks.bounds && !options.checks.assertions);
    }

    #[test]
    fn what_has_no_effect_is_told_from_what_is_wrong() {
        let (_, effects) = applied(&[
            "--mm:orc",
            "--passC:-O3",
            "--mm:refc",
            "--nonsense",
            "--checks:maybe",
            "--passL:main.o",
        ]);
        assert_eq!(effects[0], Effect::Nothing);
        assert_eq!(effects[1], Effect::Ignored);
        assert!(matches!(effects[2], Effect::Wrong(_)));
        assert_eq!(effects[3], Effect::Unknown);
        assert!(matches!(effects[4], Effect::Wrong(_)));
        assert!(matches!(effects[5], Effect::Wrong(_)));
    }
}
