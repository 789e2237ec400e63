//! How a program is compiled: names that are defined, checks that are on.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::typed::Checks;

/// How a program is compiled.
#[derive(Clone, Debug)]
pub struct Config {
    /// `-d:` names, normalized, with their values.
    pub defines: FxHashMap<String, String>,
    /// Checks that are on.
    pub checks: Checks,
    /// `--threads:on`: what declares to be `gcsafe` is compared with what it does.
    pub threads: bool,
    /// Check all of the library modules that are imported, not just what the program needs of them.
    pub whole_library: bool,
    /// What the whole program is linked with, as words for a linker.
    pub linked: Vec<Arc<str>>,
}

/// Symbols that tell what a compiler of Nim 2 can do; modules that compile with older ones too ask for them.
const FEATURES: &[&str] = &[
    "nimAlignPragma",
    "nimArrIdx",
    "nimAshr",
    "nimDistros",
    "nimDoesntTrackDefects",
    "nimErrorProcCanHaveBody",
    "nimFixedForwardGeneric",
    "nimFixedOwned",
    "nimGenericInOutFlags",
    "nimHasCastPragmaBlocks",
    "nimHasCppDefine",
    "nimHasCursor",
    "nimHasCustomLiterals",
    "nimHasDeclaredLocs",
    "nimHasDeclaredMagic",
    "nimHasDefault",
    "nimHasDragonBox",
    "nimHasEffectTraitsModule",
    "nimHasEffectsOf",
    "nimHasEnforceNoRaises",
    "nimHasExceptionsQuery",
    "nimHasHintAll",
    "nimHasHintAsError",
    "nimHasHotCodeReloading",
    "nimHasInstantiationOfInMacro",
    "nimHasInvariant",
    "nimHasIsNamedTuple",
    "nimHasIterable",
    "nimHasLentIterators",
    "nimHasNilChecks",
    "nimHasNilSeqs",
    "nimHasRunnableExamples",
    "nimHasSignatureHashInMacro",
    "nimHasSinkInference",
    "nimHasSpellSuggest",
    "nimHasStacktraceMsgs",
    "nimHasStacktracesModule",
    "nimHasSymOwnerInMacro",
    "nimHasTrace",
    "nimHasTypeof",
    "nimHasTypeofVoid",
    "nimHasUnifiedTuple",
    "nimHasUsed",
    "nimHasUserErrors",
    "nimHasWarningAsError",
    "nimHasalignOf",
    "nimHashOrdinalFixed",
    "nimIncrSeqV3",
    "nimKnowsNimvm",
    "nimMacrosGetNodeId",
    "nimMacrosSizealignof",
    "nimNewDot",
    "nimNewIntegerOps",
    "nimNewRuntime",
    "nimNewShiftOps",
    "nimNewTypedesc",
    "nimNoArrayToCstringConversion",
    "nimNoNil",
    "nimNoNilSeqs",
    "nimNoNilSeqs2",
    "nimNoZeroExtendMagic",
    "nimNoZeroTerminator",
    "nimNotNil",
    "nimSeqsV2",
    "nimToOpenArrayCString",
    "nimUncheckedArrayTyp",
    "nimV2",
    "nimVmEqIdent",
    "nimVmExportFixed",
    "nimHasStyleChecks",
];

impl Default for Config {
    fn default() -> Config {
        let defines = ["hotcodereloading", "midair", "c", "gcOrc", "gcDestructors"];
        let mut config = Config {
            defines: FxHashMap::default(),
            checks: Checks::ON,
            threads: true,
            whole_library: false,
            linked: Vec::new(),
        };
        for name in defines.iter().chain(FEATURES) {
            config.define(name, "true");
        }
        let os = if cfg!(windows) {
            "windows"
        } else if cfg!(target_os = "macos") {
            "macosx"
        } else {
            "linux"
        };
        config.define(os, "true");
        if cfg!(unix) {
            config.define("posix", "true");
            config.define("unix", "true");
        }
        config.define(
            if cfg!(target_arch = "aarch64") {
                "arm64"
            } else {
                "amd64"
            },
            "true",
        );
        config
    }
}

impl Config {
    /// Adds a `-d:name:value`. Names are compared as Nim compares identifiers.
    pub fn define(&mut self, name: &str, value: &str) {
        self.defines.insert(normal(name), value.into());
    }
    /// The value of a define.
    pub fn defined(&self, name: &str) -> Option<&str> {
        self.defines.get(&normal(name)).map(String::as_str)
    }
}

fn normal(name: &str) -> String {
    name.chars()
        .filter(|&c| c != '_')
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
