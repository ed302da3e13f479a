//! Owns the test that `docs/cli.md` is complete: every command, flag, value and exit code of the help stands in it.

mod harness;

use harness::Folder;

#[test]
fn every_command_and_flag_is_documented() {
    let docs = include_str!("../../../docs/cli.md");
    let folder = Folder::new();
    let help = folder.run(&["--help"]).exits(0).out;
    let mut missing = Vec::new();
    let mut expect = |what: String| {
        if !docs.contains(&what) {
            missing.push(what);
        }
    };
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| !l.is_empty())
        .filter_map(|l| l.strip_prefix("  ").filter(|l| !l.starts_with(' ')))
        .filter_map(|l| l.split(' ').next())
        .collect();
    assert!(commands.len() >= 7, "{help}");
    for command in commands {
        expect(format!("`readout {command}"));
        let page = if command == "help" { help.clone() } else { folder.run(&[command, "--help"]).exits(0).out };
        for line in page.lines().map(str::trim_start).filter(|l| l.starts_with('-')) {
            for flag in line.split([' ', ',']).filter(|w| w.starts_with('-') && *w != "-") {
                expect(format!("`{flag}"));
            }
        }
    }
    for line in help.lines().skip_while(|l| *l != "Exit codes:").skip(1) {
        if let Some(code) = line.split_whitespace().next() {
            expect(format!("| {code} |"));
        }
    }
    assert!(missing.is_empty(), "docs/cli.md does not mention {missing:?}");
}
