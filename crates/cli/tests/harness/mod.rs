//! Owns how the tests run the program: in a folder of its own, with a clean environment, output taken as text.

#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An article with one call in it, written for these tests.
pub const CALL: &str = "WASHINGTON, March 18, 2025 (Harbour Wire) - Donald Trump held a phone call with Vladimir Putin on \
March 18, 2025. The conversation lasted 90 minutes, the White House said in a statement.\n\nThe two presidents discussed \
Ukraine. It was their second call this year, aides said.\n";

/// An article in German, written for these tests.
pub const GERMAN: &str = "Berlin, 18. März 2025. Der Bundeskanzler telefonierte am Dienstag mit dem französischen \
Präsidenten. Das Gespräch dauerte eine Stunde, wie ein Sprecher der Regierung am Abend mitteilte. Beide sprachen über die \
Lage in der Ukraine und über die Folgen für die europäische Sicherheit.\n";

/// What a run gave.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Outcome {
    /// Fails unless the exit code is this.
    pub fn exits(self, code: i32) -> Outcome {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    /// Fails unless standard error has these words.
    pub fn says(self, words: &str) -> Outcome {
        assert!(self.err.contains(words), "{words:?} is not in {:?}", self.err);
        self
    }

    /// Fails unless the output has these words.
    pub fn prints(self, words: &str) -> Outcome {
        assert!(self.out.contains(words), "{words:?} is not in {:?}", self.out);
        self
    }

    /// The output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

/// A folder for one test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders it lies in.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, content).expect("a file");
        path
    }

    /// The program, run in this folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_readout"));
        command.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the program in this folder.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        outcome(self.command(arguments))
    }

    /// Runs the program with something on standard input.
    pub fn pipe(&self, arguments: &[&str], input: &[u8]) -> Outcome {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        child.stdin.take().expect("a pipe").write_all(input).expect("the program reads");
        let output = child.wait_with_output().expect("the program ends");
        taken(output)
    }
}

/// Runs a command.
pub fn outcome(mut command: Command) -> Outcome {
    taken(command.output().expect("the program starts"))
}

fn taken(output: std::process::Output) -> Outcome {
    Outcome {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("the output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("the messages are UTF-8"),
    }
}
