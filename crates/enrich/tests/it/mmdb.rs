//! Writes a database in MaxMind's format with a few networks, so that the tests need no licensed data;
//! https://maxmind.github.io/MaxMind-DB.

/// IPv4 networks of eight bits and their countries.
pub fn database(kind: &str, networks: &[(u8, &str)]) -> Vec<u8> {
    let mut data = Vec::new();
    let mut nodes: Vec<[Slot; 2]> = vec![[Slot::Nothing; 2]];
    for (network, country) in networks {
        let offset = data.len();
        data.extend([0xe1, 0x47]);
        data.extend(b"country");
        data.extend([0xe1, 0x48]);
        data.extend(b"iso_code");
        data.push(0x40 | country.len() as u8);
        data.extend(country.as_bytes());
        insert(&mut nodes, *network, offset);
    }
    let mut file = Vec::new();
    for slot in nodes.iter().flatten() {
        let number = match slot {
            Slot::Nothing => nodes.len(),
            Slot::Node(node) => *node,
            Slot::Data(offset) => nodes.len() + 16 + offset,
        };
        file.extend(&(number as u32).to_be_bytes()[1..]);
    }
    file.extend([0; 16]);
    file.extend(data);
    file.extend(metadata(kind, nodes.len() as u32));
    file
}

#[derive(Clone, Copy)]
enum Slot {
    Nothing,
    Node(usize),
    Data(usize),
}

fn insert(nodes: &mut Vec<[Slot; 2]>, network: u8, offset: usize) {
    let bit = |at: u8| usize::from(network >> (7 - at) & 1);
    let mut node = 0;
    for at in 0..7 {
        node = match nodes[node][bit(at)] {
            Slot::Node(next) => next,
            _ => {
                nodes.push([Slot::Nothing; 2]);
                let next = nodes.len() - 1;
                nodes[node][bit(at)] = Slot::Node(next);
                next
            }
        };
    }
    nodes[node][bit(7)] = Slot::Data(offset);
}

fn metadata(kind: &str, node_count: u32) -> Vec<u8> {
    let mut bytes = b"\xab\xcd\xefMaxMind.com".to_vec();
    let key = |bytes: &mut Vec<u8>, key: &str| text(bytes, key);
    bytes.push(0xe9);
    for (name, number) in
        [("binary_format_major_version", 2), ("binary_format_minor_version", 0), ("ip_version", 4), ("record_size", 24)]
    {
        key(&mut bytes, name);
        bytes.extend([0xa1, number]);
    }
    key(&mut bytes, "build_epoch");
    bytes.extend([0x01, 0x02, 1]);
    key(&mut bytes, "database_type");
    text(&mut bytes, kind);
    key(&mut bytes, "description");
    bytes.push(0xe0);
    key(&mut bytes, "languages");
    bytes.extend([0x00, 0x04]);
    key(&mut bytes, "node_count");
    bytes.push(0xc4);
    bytes.extend(node_count.to_be_bytes());
    bytes
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    assert!(text.len() < 29, "longer texts need a longer control byte");
    bytes.push(0x40 | text.len() as u8);
    bytes.extend(text.as_bytes());
}
