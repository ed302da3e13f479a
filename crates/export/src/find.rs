//! Owns how a person names a contact: by its row number in the timeline, its id, or the beginning of its id.

use readout_types::Chronology;

use crate::phrase;

/// The index of the contact that `name` means.
///
/// # Errors
/// A line for the person: nothing, or more than one contact, is meant.
pub fn find(chronology: &Chronology, name: &str) -> Result<usize, String> {
    let contacts = &chronology.contacts;
    let name = name.trim();
    if let Some(at) = contacts.iter().position(|c| c.id == name) {
        return Ok(at);
    }
    let number = name.strip_prefix('#').unwrap_or(name).parse::<usize>().ok();
    if let Some(at) = number.and_then(|n| n.checked_sub(1)).filter(|&at| at < contacts.len()) {
        return Ok(at);
    }
    let begins: Vec<usize> =
        (0..contacts.len()).filter(|&i| !name.is_empty() && contacts[i].id.starts_with(name)).collect();
    match begins[..] {
        [at] => Ok(at),
        [] => Err(format!(
            "no contact {:?}: these documents have {}{}",
            name,
            phrase::number(contacts.len(), "contact"),
            if contacts.is_empty() { "" } else { "; readout timeline lists them with their numbers" }
        )),
        _ => {
            const MOST: usize = 8;
            let mut listed: Vec<String> =
                begins.iter().take(MOST).map(|&i| format!("  {:>3}  {}", i + 1, contacts[i].id)).collect();
            if begins.len() > MOST {
                listed.push(format!("  … and {} more", begins.len() - MOST));
            }
            Err(format!("{:?} is the beginning of {} ids:\n{}", name, begins.len(), listed.join("\n")))
        }
    }
}
