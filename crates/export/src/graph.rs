//! Owns who was in touch with whom: GraphML of actors.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use readout_types::{Actor, ActorKind, ContactKind, Interval, Status};

use crate::View;
use crate::layout::plain;

/// The attributes: key, what it belongs to, name, type.
const KEYS: [(&str, &str, &str, &str); 13] = [
    ("name", "node", "name", "string"),
    ("country", "node", "country", "string"),
    ("kind", "node", "kind", "string"),
    ("role", "node", "role", "string"),
    ("contacts", "edge", "contacts", "int"),
    ("call", "edge", "calls", "int"),
    ("meeting", "edge", "meetings", "int"),
    ("visit", "edge", "visits", "int"),
    ("talks", "edge", "talks", "int"),
    ("message", "edge", "messages", "int"),
    ("first", "edge", "first_edtf", "string"),
    ("last", "edge", "last_edtf", "string"),
    ("disputed", "edge", "disputed", "int"),
];

#[derive(Default)]
struct Edge {
    kinds: BTreeMap<ContactKind, usize>,
    days: Vec<Interval>,
    disputed: usize,
}

/// GraphML: actors as nodes; an edge for each pair that took part in a contact that was held or is under way.
///
/// # Errors
/// Those of `out`.
pub fn graphml(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut nodes: BTreeMap<&str, &Actor> = BTreeMap::new();
    let mut edges: BTreeMap<(&str, &str), Edge> = BTreeMap::new();
    for (_, contact) in view.contacts().filter(|(_, c)| matches!(c.status, Status::Held | Status::Ongoing)) {
        let parties = &contact.participants;
        for (i, one) in parties.iter().enumerate() {
            nodes.entry(&one.key).or_insert(one);
            for other in parties[i + 1..].iter().filter(|o| o.key != one.key) {
                let pair = (one.key.as_str().min(&other.key), one.key.as_str().max(&other.key));
                let edge = edges.entry(pair).or_default();
                *edge.kinds.entry(contact.kind).or_default() += 1;
                edge.days.push(contact.when.interval);
                edge.disputed += usize::from(!contact.disputes.is_empty());
            }
        }
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut root = BytesStart::new("graphml");
    root.push_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
    writer.write_event(Event::Start(root))?;
    for (id, owner, name, kind) in KEYS {
        let mut key = BytesStart::new("key");
        for attribute in [("id", id), ("for", owner), ("attr.name", name), ("attr.type", kind)] {
            key.push_attribute(attribute);
        }
        writer.write_event(Event::Empty(key))?;
    }
    let mut graph = BytesStart::new("graph");
    graph.push_attribute(("id", "contacts"));
    graph.push_attribute(("edgedefault", "undirected"));
    writer.write_event(Event::Start(graph))?;
    for (key, actor) in &nodes {
        let mut node = BytesStart::new("node");
        node.push_attribute(("id", plain(key).as_str()));
        writer.write_event(Event::Start(node))?;
        let kind = match actor.kind {
            ActorKind::Person => "person",
            ActorKind::State => "state",
            ActorKind::Organisation => "organisation",
            ActorKind::Group => "group",
        };
        data(&mut writer, "name", &plain(&actor.name))?;
        data(&mut writer, "country", &plain(actor.country.as_deref().unwrap_or("")))?;
        data(&mut writer, "kind", kind)?;
        data(&mut writer, "role", &plain(actor.role.as_deref().unwrap_or("")))?;
        writer.write_event(Event::End(BytesEnd::new("node")))?;
    }
    for ((one, other), edge) in &edges {
        let mut element = BytesStart::new("edge");
        element.push_attribute(("source", plain(one).as_str()));
        element.push_attribute(("target", plain(other).as_str()));
        writer.write_event(Event::Start(element))?;
        data(&mut writer, "contacts", &edge.days.len().to_string())?;
        for kind in ContactKind::ALL {
            data(&mut writer, kind.as_str(), &edge.kinds.get(&kind).copied().unwrap_or(0).to_string())?;
        }
        let dated = || edge.days.iter().filter(|d| !d.is_unknown());
        let first = dated().min_by_key(|d| d.earliest.or(d.latest)).map_or(String::new(), |d| d.edtf());
        let last = dated().max_by_key(|d| d.latest.or(d.earliest)).map_or(String::new(), |d| d.edtf());
        data(&mut writer, "first", &first)?;
        data(&mut writer, "last", &last)?;
        data(&mut writer, "disputed", &edge.disputed.to_string())?;
        writer.write_event(Event::End(BytesEnd::new("edge")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("graph")))?;
    writer.write_event(Event::End(BytesEnd::new("graphml")))?;
    out.write_all(&writer.into_inner())?;
    out.write_all(b"\n")
}

fn data(writer: &mut Writer<Vec<u8>>, key: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    let mut element = BytesStart::new("data");
    element.push_attribute(("key", key));
    writer.write_event(Event::Start(element))?;
    writer.write_event(Event::Text(BytesText::new(value)))?;
    writer.write_event(Event::End(BytesEnd::new("data")))
}
