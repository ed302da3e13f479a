//! Owns the actors of one document: who is named in it, with country, role and gender, and how two names are one.

use std::collections::{HashMap, HashSet};

use readout_actors::{CountryKind, PersonId, fold, surnames};
use readout_types::{Actor, ActorFacts, ActorKind, Date};

use crate::Knowledge;

/// Index of an actor within one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

/// An actor as one document knows it.
#[derive(Clone, Debug)]
pub struct DocumentActor {
    /// What goes into reports.
    pub actor: Actor,
    /// The entry of the table, for people it knows.
    pub person: Option<PersonId>,
    /// Gender, where known.
    pub female: Option<bool>,
}

/// All actors of a document.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    all: Vec<DocumentActor>,
    by_key: HashMap<String, ActorId>,
    /// Folded surname to the people of this document who bear it, latest named last.
    surnames: HashMap<String, Vec<ActorId>>,
    /// People whose names were compared with those of their country's office-holders: once for each is enough.
    compared: HashSet<ActorId>,
    /// The day for which offices are looked up.
    pub day: Option<Date>,
}

impl Cast {
    /// An empty cast for a document of that day.
    pub fn new(day: Option<Date>) -> Cast {
        Cast { day, ..Cast::default() }
    }

    /// An actor.
    pub fn get(&self, id: ActorId) -> &DocumentActor {
        &self.all[id.0 as usize]
    }

    /// All actors, in order of first mention.
    pub fn iter(&self) -> impl Iterator<Item = (ActorId, &DocumentActor)> {
        self.all.iter().enumerate().map(|(i, a)| (ActorId(i as u32), a))
    }

    /// The country of an actor.
    pub fn country(&self, id: ActorId) -> Option<&str> {
        self.get(id).actor.country.as_deref()
    }

    /// Whether it is a person.
    pub fn is_person(&self, id: ActorId) -> bool {
        self.get(id).actor.kind == ActorKind::Person
    }

    /// A person of the table.
    pub fn add_known(&mut self, knowledge: &Knowledge, id: PersonId) -> ActorId {
        let person = knowledge.table.person(id);
        let term = person.term_on(self.day);
        let key = format!("person:{}", fold(&person.name));
        if let Some(&known) = self.by_key.get(&key) {
            return known;
        }
        let given = person.name.split(' ').next().unwrap_or("");
        let actor = Actor::from(ActorFacts {
            name: person.name.clone(),
            role: term.and_then(|t| t.titles.first().cloned()),
            country: term.map(|t| t.country.clone()),
            kind: ActorKind::Person,
            key: key.clone(),
        });
        let family_first = term.is_some_and(|t| matches!(t.country.as_str(), "CN" | "KP" | "KR" | "TW" | "HK" | "SG"));
        let female = knowledge.table.is_female(given);
        let added = self.push(DocumentActor { actor, person: Some(id), female });
        for name in std::iter::once(&person.name).chain(&person.aliases) {
            for surname in surnames(name, family_first) {
                self.bear(surname, added);
            }
            if family_first || !name.contains(' ') {
                self.bear(fold(name), added);
            }
        }
        added
    }

    /// A person whom only the text names. The full name should have two words or more; a name that ends in the surname
    /// of nobody else stays a person of its own.
    pub fn add_named(
        &mut self,
        knowledge: &Knowledge,
        name: &str,
        role: Option<String>,
        country: Option<String>,
    ) -> ActorId {
        let name = tidy(name);
        let key = format!("person:{}", fold(&name));
        if let Some(&known) = self.by_key.get(&key) {
            self.complete(known, role, country);
            return known;
        }
        let female = name.split(' ').next().and_then(|g| knowledge.table.is_female(g));
        let forms = surnames(&name, false);
        let actor = Actor::from(ActorFacts { name, role, country, kind: ActorKind::Person, key });
        let added = self.push(DocumentActor { actor, person: None, female });
        for surname in forms {
            self.bear(surname, added);
        }
        added
    }

    /// Takes the spelling of the text for a person of the table: "Borissov" where the table has "Borisov" first. `surname`
    /// is the last word of the name as written, folded.
    pub fn spell(&mut self, knowledge: &Knowledge, id: ActorId, surname: &str) {
        let Some(person) = self.get(id).person else { return };
        let last = |name: &str| name.rsplit(' ').next().map(fold).unwrap_or_default();
        let own = last(&self.get(id).actor.name);
        // Spellings of one surname begin alike; "Jr." and the given name that stands last in some aliases do not.
        let alike = surname.len() >= 4 && own.get(..3) == surname.get(..3);
        if own == surname || !alike {
            return;
        }
        let alias = knowledge.table.person(person).aliases.iter().find(|a| a.contains(' ') && last(a) == surname);
        if let Some(alias) = alias {
            self.all[id.0 as usize].actor.name.clone_from(alias);
        }
    }

    /// Fills in a role and country that the text gives and nothing gave before.
    pub fn complete(&mut self, id: ActorId, role: Option<String>, country: Option<String>) {
        let actor = &mut self.all[id.0 as usize].actor;
        if actor.role.is_none() {
            actor.role = role;
        }
        if actor.country.is_none() {
            actor.country = country;
        }
    }

    /// Takes somebody whom only the text names for the office-holder of his country whose name is spelt nearly like his:
    /// "Abdulla Hamdouk" for Abdalla Hamdok of Sudan. Nothing changes where the office-holder is in the cast himself.
    pub fn recognise(&mut self, knowledge: &Knowledge, id: ActorId) {
        let known = self.get(id);
        let Some(country) = known.actor.country.clone().filter(|_| known.person.is_none() && self.is_person(id)) else {
            return;
        };
        if !self.compared.insert(id) {
            return;
        }
        let known = self.get(id);
        let (name, role) = (known.actor.name.clone(), known.actor.role.clone());
        let Some(person) = knowledge.table.spelt_like(&country, &name, self.day) else { return };
        let holder = knowledge.table.person(person);
        let key = format!("person:{}", fold(&holder.name));
        if self.by_key.contains_key(&key) {
            return;
        }
        let title = holder.term_on(self.day).and_then(|t| t.titles.first().cloned());
        self.by_key.insert(key.clone(), id);
        let entry = &mut self.all[id.0 as usize];
        entry.person = Some(person);
        entry.actor = Actor::from(ActorFacts {
            name: holder.name.clone(),
            role: role.or(title),
            country: Some(country),
            kind: ActorKind::Person,
            key,
        });
        for name in std::iter::once(&holder.name).chain(&holder.aliases) {
            for surname in surnames(name, false) {
                self.bear(surname, id);
            }
        }
    }

    /// A state, organisation or group, by code.
    pub fn add_country(&mut self, knowledge: &Knowledge, code: &str) -> Option<ActorId> {
        if let Some(known) = self.state(code) {
            return Some(known);
        }
        let country = knowledge.table.country(code)?;
        let kind = match country.kind {
            CountryKind::State | CountryKind::Territory => ActorKind::State,
            CountryKind::Organisation | CountryKind::Forum => ActorKind::Organisation,
            CountryKind::Group => ActorKind::Group,
        };
        let actor = Actor::from(ActorFacts {
            name: country.name.clone(),
            role: None,
            country: Some(code.to_owned()),
            kind,
            key: format!("state:{code}"),
        });
        Some(self.push(DocumentActor { actor, person: None, female: None }))
    }

    /// A set of people whom only a phrase names (`European leaders`).
    pub fn add_group(&mut self, name: &str, country: Option<String>) -> ActorId {
        let key = format!("group:{}", fold(name));
        if let Some(&known) = self.by_key.get(&key) {
            return known;
        }
        let actor = Actor::from(ActorFacts { name: name.to_owned(), role: None, country, kind: ActorKind::Group, key });
        self.push(DocumentActor { actor, person: None, female: None })
    }

    /// The state, organisation or group of a code, when it is in the cast.
    pub fn state(&self, code: &str) -> Option<ActorId> {
        self.by_key.get(&format!("state:{code}")).copied()
    }

    /// The state for which a person acts, when it is in the cast.
    pub fn state_of(&self, person: ActorId) -> Option<ActorId> {
        self.state(self.country(person)?)
    }

    fn push(&mut self, actor: DocumentActor) -> ActorId {
        let id = ActorId(self.all.len() as u32);
        self.by_key.insert(actor.actor.key.clone(), id);
        self.all.push(actor);
        id
    }

    fn bear(&mut self, surname: String, id: ActorId) {
        let bearers = self.surnames.entry(surname).or_default();
        if !bearers.contains(&id) {
            bearers.push(id);
        }
    }

    /// People of this document with that surname (folded), narrowed by a title's country where it is given.
    pub fn by_surname(&self, surname: &str, country: Option<&str>) -> Vec<ActorId> {
        let all = self.surnames.get(surname).cloned().unwrap_or_default();
        match country {
            Some(code) if all.len() > 1 => {
                let fit: Vec<ActorId> = all.iter().copied().filter(|&a| self.country(a) == Some(code)).collect();
                if fit.is_empty() { all } else { fit }
            }
            _ => all,
        }
    }
}

/// A name without line breaks, doubled spaces and a trailing possessive.
fn tidy(name: &str) -> String {
    let joined = name.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.trim_end_matches("'s").trim_end_matches("’s").to_owned()
}
