//! Owns what a decision is made of: the contact or the actor that a person names, as anchors and keys.

use readout_corrections::{Target, anchors_of};
use readout_types::{Actor, ActorFacts, ActorKind, Contact, Part};

use crate::{Ledger, LedgerError, Result};

impl Ledger {
    /// The contact that a person names, with its documents: by row number (`3`, `#3`), id, or the beginning of an id.
    ///
    /// # Errors
    /// The store cannot be read.
    ///
    /// Inside, a line for the person: nothing, or more than one contact, is meant.
    pub fn named(&self, name: &str) -> Result<std::result::Result<Part, String>> {
        const MOST: usize = 9;
        let name = name.trim();
        let row = name.strip_prefix('#').unwrap_or(name).parse::<usize>().ok();
        let found = self.store.named(name, row, 64)?;
        let exact = found.iter().find(|r| r.id == name);
        let by_row = found.iter().find(|r| Some(r.row) == row);
        let begins: Vec<_> = found.iter().filter(|r| !name.is_empty() && r.id.starts_with(name)).collect();
        let one = exact.or(by_row).or(if let [one] = begins[..] { Some(one) } else { None });
        let Some(one) = one else {
            return Ok(Err(match begins.len() {
                0 => format!(
                    "no contact {name:?} in {}; readout timeline lists them with their numbers",
                    self.path().display()
                ),
                n => {
                    let listed: Vec<String> =
                        begins.iter().take(MOST - 1).map(|r| format!("  {:>3}  {}", r.row, r.id)).collect();
                    let more = if n > MOST - 1 { "\n  …" } else { "" };
                    format!("{name:?} is the beginning of several ids:\n{}{more}", listed.join("\n"))
                }
            }));
        };
        match self.contact(&one.id)? {
            Some(part) => Ok(Ok(part)),
            None => Ok(Err(format!("no contact {name:?}"))),
        }
    }

    /// Reads the files beside the store again, should a person or a program have changed them meanwhile.
    ///
    /// # Errors
    /// One of them cannot be read; then what was read before stands.
    pub fn reload(&mut self) -> Result<()> {
        let files = crate::Files::read(&self.settings)?;
        if files.actors_hash != self.files.actors_hash {
            self.names.take();
            self.readout.take();
        }
        self.files = files;
        Ok(())
    }

    /// Ids of the contacts that hold the reports of some targets now, each once, in the order of the chronology.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn holding(&self, targets: &[Target]) -> Result<Vec<String>> {
        let anchors = || targets.iter().flat_map(|t| &t.reports);
        let mut documents: Vec<&str> = anchors().map(|a| a.document.as_str()).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut found: Vec<(usize, String)> = Vec::new();
        for document in documents {
            let numbers = self.store.reported_by(document)?;
            let part = self.store.part(&numbers, &|_| false, crate::Texts::With)?;
            for (contact, row) in part.chronology.contacts.iter().zip(&part.rows) {
                let own = anchors_of(contact, &part.chronology.documents);
                if own
                    .iter()
                    .any(|a| anchors().any(|b| b.document == a.document && b.start == a.start && b.part == a.part))
                {
                    found.push((*row, contact.id.clone()));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found.into_iter().map(|(_, id)| id).collect())
    }

    /// What a decision about a contact is anchored to. Needs the texts, as [`Ledger::contact`] gives them.
    pub fn target(&self, part: &Part, contact: &Contact) -> Target {
        Target { contact: contact.id.clone(), reports: anchors_of(contact, &part.chronology.documents) }
    }

    /// The reports of a contact that stand in some documents, and the rest of them.
    pub fn divided(&self, part: &Part, contact: &Contact, documents: &[String]) -> (Target, Target) {
        let whole = self.target(part, contact);
        let (apart, stay) = whole.reports.into_iter().partition(|a| documents.contains(&a.document));
        let target = |reports| Target { contact: contact.id.clone(), reports };
        (target(stay), target(apart))
    }

    /// The actor that a person names: one that the chronology knows by that name or key, else the entry of the tables, else
    /// a new person.
    ///
    /// # Errors
    /// The store or own actors cannot be read.
    pub fn actor(&self, name: &str) -> Result<Actor> {
        let folded = readout::fold(name);
        let known = self.store.actors()?;
        let by_name = known.iter().find(|k| k.actor.key == name || readout::fold(&k.actor.name) == folded);
        if let Some(known) = by_name {
            return Ok(known.actor.clone());
        }
        let table = self.names()?.table();
        let country = table.countries().iter().find(|c| {
            c.code == name || readout::fold(&c.name) == folded || c.aliases.iter().any(|a| readout::fold(a) == folded)
        });
        if let Some(country) = country {
            return Ok(Actor::from(ActorFacts {
                name: country.name.clone(),
                role: None,
                country: Some(country.code.clone()),
                kind: ActorKind::State,
                key: format!("state:{}", country.code),
            }));
        }
        let person = table
            .people()
            .find(|(_, p)| readout::fold(&p.name) == folded || p.aliases.iter().any(|a| readout::fold(a) == folded));
        let (name, country) = match person {
            Some((_, p)) => (p.name.clone(), p.terms.last().map(|t| t.country.clone())),
            None => (name.trim().to_owned(), None),
        };
        let key = format!("person:{}", readout::fold(&name));
        Ok(Actor::from(ActorFacts { name, role: None, country, kind: ActorKind::Person, key }))
    }

    /// The actor of the chronology that a person names, for renaming and merging.
    ///
    /// # Errors
    /// The store cannot be read; nobody, or several, are meant.
    pub fn known_actor(&self, name: &str) -> Result<Actor> {
        let fail = |reason: String| LedgerError::File(self.path().to_owned(), reason);
        let folded = readout::fold(name);
        let mut keys: Vec<Actor> = Vec::new();
        for known in self.store.actors()? {
            let fits = known.actor.key == name || readout::fold(&known.actor.name) == folded;
            if fits && keys.iter().all(|k| k.key != known.actor.key) {
                keys.push(known.actor);
            }
        }
        match keys.len() {
            1 => Ok(keys.remove(0)),
            0 => Err(fail(format!("nobody called {name:?} takes part in a contact"))),
            _ => {
                let listed: Vec<&str> = keys.iter().map(|a| a.key.as_str()).collect();
                Err(fail(format!("{name:?} can be {}; name it by its key", listed.join(" or "))))
            }
        }
    }
}
