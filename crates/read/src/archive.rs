//! Owns archives: the members of ZIP and tar files in their order, none of them ever written to a disk.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Component, Path};

use readout_types::Level;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::session::{Body, Origin, Session};
use crate::sink::Flow;
use crate::unpack::{Counted, Guarded, reason};
use crate::walk::is_note_of_folder;

/// The longest name of a member, bytes.
const LONGEST_NAME: u64 = 16 << 10;

impl Session {
    /// Reads a ZIP archive, or the document that a DOCX file is.
    pub fn open_zip(&mut self, origin: &Origin, file: File) -> Flow {
        let name = &origin.path;
        let mut archive = match ZipArchive::new(BufReader::with_capacity(1 << 16, file)) {
            Ok(archive) => archive,
            Err(error) => return self.sink.say(Level::Error, name, zip_reason(&error)),
        };
        if archive.index_for_name("[Content_Types].xml").is_some() || archive.index_for_name("mimetype").is_some() {
            if archive.index_for_name("word/document.xml").is_some() {
                return self.take_docx(origin, archive);
            }
            return self.sink.say(Level::Error, name, "not read: an office document other than DOCX");
        }
        if archive.is_empty() {
            return self.sink.say(Level::Error, name, "is empty");
        }
        let ratio = self.shared.options.limits.max_expansion;
        for index in 0..archive.len() {
            let entry = match archive.by_index(index) {
                Ok(entry) => entry,
                Err(error) => {
                    let said = format!("member {}: {}", index + 1, zip_reason(&error));
                    self.sink.say(Level::Error, name, said)?;
                    continue;
                }
            };
            let member = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.is_dir() {
                continue;
            }
            let link = entry.is_symlink();
            let packed = std::rc::Rc::new(std::cell::Cell::new(entry.compressed_size()));
            let mut stream = Guarded::new(entry, packed, ratio);
            self.open_member(origin, &member, link, &mut stream)?;
            if index % 64 == 63 {
                self.sink.send()?;
            }
        }
        Ok(())
    }

    /// Reads a tar archive.
    pub fn open_tar(&mut self, origin: &Origin, input: &mut dyn Read) -> Flow {
        let name = &origin.path;
        let (counted, _) = Counted::new(input);
        let mut archive = tar::Archive::new(counted);
        let entries = match archive.entries() {
            // Raw: long names are read here, within limits.
            Ok(entries) => entries.raw(true),
            Err(error) => return self.sink.say(Level::Error, name, reason(&error)),
        };
        let mut long_name: Option<String> = None;
        let mut seen = 0u64;
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let said = format!("after {seen} members: {}", cut_off(&error));
                    return self.sink.say(Level::Error, name, said);
                }
            };
            seen += 1;
            let kind = entry.header().entry_type();
            if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
                let mut content = Vec::new();
                if let Err(error) = entry.by_ref().take(LONGEST_NAME).read_to_end(&mut content) {
                    return self.sink.say(Level::Error, name, format!("after {seen} members: {}", cut_off(&error)));
                }
                let found = if kind.is_gnu_longname() { Some(content) } else { pax_path(&content) };
                long_name = found.map(|n| String::from_utf8_lossy(&n).trim_end_matches('\0').to_owned()).or(long_name);
                continue;
            }
            let short = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let member = long_name.take().unwrap_or(short);
            if kind.is_dir() || kind.is_pax_global_extensions() || kind.is_gnu_longlink() {
                continue;
            }
            let link = !(kind.is_file() || kind.is_contiguous());
            self.open_member(origin, &member, link, &mut entry)?;
        }
        if seen == 0 { self.sink.say(Level::Error, name, "is empty") } else { Ok(()) }
    }

    /// Reads one member, unless its name or kind is against it.
    fn open_member(&mut self, origin: &Origin, member: &str, link: bool, stream: &mut dyn Read) -> Flow {
        let path = format!("{}:{member}", origin.path);
        let parts = Path::new(member).components();
        let leads_out = parts.clone().any(|c| !matches!(c, Component::Normal(_) | Component::CurDir))
            || member.contains('\\')
            || member.contains('\0')
            || member.get(1..2) == Some(":");
        if leads_out {
            return self.sink.say(Level::Error, &path, "not read: its name leads out of the archive");
        }
        if link {
            return self.sink.say(Level::Note, &path, "skipped: a link or a special file");
        }
        let hidden = |c: Component| matches!(c, Component::Normal(n) if n.to_string_lossy().starts_with(['.', '_']));
        let mac = member.starts_with("__MACOSX/");
        if mac || parts.clone().next_back().is_some_and(hidden) {
            return self.sink.say(Level::Note, &path, "skipped: a hidden file");
        }
        if is_note_of_folder(Path::new(member)) {
            return self.sink.say(Level::Note, &path, "skipped: about the folder, not an article");
        }
        let clean = member.trim_start_matches("./");
        self.open(&origin.member(clean), Body::Stream(stream))
    }
}

/// The path that a pax header gives: records `LENGTH path=NAME\n`.
fn pax_path(content: &[u8]) -> Option<Vec<u8>> {
    let mut rest = content;
    loop {
        let space = rest.iter().take(20).position(|b| *b == b' ')?;
        let length: usize = std::str::from_utf8(&rest[..space]).ok()?.parse().ok()?;
        let record = rest.get(space + 1..length)?;
        if let Some(path) = record.strip_prefix(b"path=") {
            return Some(path.strip_suffix(b"\n").unwrap_or(path).to_vec());
        }
        rest = &rest[length..];
    }
}

fn cut_off(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "cut off: the archive ends too early".to_owned(),
        _ => reason(error),
    }
}

pub(crate) fn zip_reason(error: &ZipError) -> String {
    match error {
        ZipError::Io(error) => reason(error),
        ZipError::UnsupportedArchive(what) => format!("not read: {what}"),
        other => format!("damaged or cut off: {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pax_records() {
        assert_eq!(pax_path(b"12 mtime=17\n14 path=a/b.t\n").as_deref(), Some(b"a/b.t".as_slice()));
        for bad in [b"".as_slice(), b"5", b"99 path=a\n", b"0 path=a\n", b"x path=a\n", b"2 "] {
            assert_eq!(pax_path(bad), None, "{:?}", String::from_utf8_lossy(bad));
        }
    }
}
