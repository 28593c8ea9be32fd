//! Puts the spans of a trace into one tree, whatever their parents claim.
//!
//! Parents come from outside: they can be missing, be sent twice, or form a ring. Every span id stands in the tree
//! exactly once, and building it takes a bounded number of steps.

use std::collections::HashMap;

/// What the tree needs to know of a span. Spans are given in the order in which they began.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link<'a> {
    pub id: &'a str,
    /// Empty for a root.
    pub parent: &'a str,
    /// The id of the server's span that answered this document request, for the browser's span of it.
    pub answered_by: Option<&'a str>,
}

/// The spans in the order of the tree.
#[derive(Debug, PartialEq)]
pub(crate) struct Tree {
    pub places: Vec<Place>,
}

/// Where a span stands. Spans are named by their index in what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub span: usize,
    pub parent: Option<usize>,
    pub depth: u32,
    /// The span names a parent but does not stand under it.
    pub parent_missing: bool,
}

pub(crate) fn build(links: &[Link<'_>]) -> Tree {
    let mut by_id: HashMap<&str, usize> = HashMap::with_capacity(links.len());
    for (index, link) in links.iter().enumerate() {
        // The same span sent twice stands where it was seen first.
        by_id.entry(link.id).or_insert(index);
    }
    let unique: Vec<usize> = (0..links.len()).filter(|&index| by_id[links[index].id] == index).collect();
    let mut parents: Vec<Option<usize>> = vec![None; links.len()];
    for &index in &unique {
        parents[index] = by_id.get(links[index].parent).copied().filter(|&parent| parent != index);
    }
    break_rings(&mut parents);
    join_documents(links, &unique, &by_id, &mut parents);
    Tree { places: depth_first(links, &unique, &parents) }
}

/// Cuts each ring of parents at its earliest span, which becomes a root.
fn break_rings(parents: &mut [Option<usize>]) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        InThisWalk(usize),
        Before,
    }
    let mut seen = vec![Seen::Never; parents.len()];
    for first in 0..parents.len() {
        let mut at = first;
        loop {
            match seen[at] {
                // Walks begin at the earliest spans, but may enter a ring anywhere: find its earliest.
                Seen::InThisWalk(walk) if walk == first => {
                    parents[earliest_in_ring(at, parents)] = None;
                    break;
                }
                Seen::Never => seen[at] = Seen::InThisWalk(first),
                _ => break,
            }
            match parents[at] {
                Some(parent) => at = parent,
                None => break,
            }
        }
        let mut at = Some(first);
        while let Some(index) = at.filter(|&index| seen[index] != Seen::Before) {
            seen[index] = Seen::Before;
            at = parents[index];
        }
    }
}

fn earliest_in_ring(start: usize, parents: &[Option<usize>]) -> usize {
    let (mut earliest, mut at) = (start, parents[start]);
    while let Some(index) = at.filter(|&index| index != start) {
        earliest = earliest.min(index);
        at = parents[index];
    }
    earliest
}

/// A browser sends no trace headers with a navigation, so the server begins without a parent and tells the page its
/// span id instead. The topmost span above the named one becomes the child of the browser's request.
fn join_documents(links: &[Link<'_>], unique: &[usize], by_id: &HashMap<&str, usize>, parents: &mut [Option<usize>]) {
    // Kept apart from the parents so that its short cuts make the search for a root cheap (union-find).
    let mut above: Vec<usize> = (0..parents.len()).map(|index| parents[index].unwrap_or(index)).collect();
    for &fetch in unique {
        let named = links[fetch].answered_by.and_then(|id| by_id.get(id).copied());
        let Some(named) = named else { continue };
        let (server, browser) = (topmost(named, &mut above), topmost(fetch, &mut above));
        // When both have the same root they are joined already; joining them again would make a ring.
        if server != browser {
            parents[server] = Some(fetch);
            above[server] = browser;
        }
    }
}

fn topmost(start: usize, above: &mut [usize]) -> usize {
    let mut at = start;
    while above[at] != at {
        above[at] = above[above[at]];
        at = above[at];
    }
    at
}

fn depth_first(links: &[Link<'_>], unique: &[usize], parents: &[Option<usize>]) -> Vec<Place> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); links.len()];
    let mut stack: Vec<(usize, u32)> = Vec::new();
    // Backwards, because a stack gives back the last first; spans are given by their start.
    for &index in unique.iter().rev() {
        match parents[index] {
            Some(parent) => children[parent].push(index),
            None => stack.push((index, 0)),
        }
    }
    let mut places = Vec::with_capacity(unique.len());
    while let Some((span, depth)) = stack.pop() {
        let parent = parents[span];
        places.push(Place { span, parent, depth, parent_missing: parent.is_none() && !links[span].parent.is_empty() });
        stack.extend(children[span].iter().map(|&child| (child, depth + 1)));
    }
    places
}

#[cfg(test)]
mod tests;
