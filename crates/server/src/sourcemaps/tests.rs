//! Source maps over a real metadata file and a real folder.

use std::collections::BTreeSet;

use super::*;

const MAP: &str = r#"{"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA"}"#;
const OTHER: &str = r#"{"version":3,"sources":["b.ts"],"names":[],"mappings":"AAAA"}"#;
const ID: &str = "0a1b2c3d-0000-4000-8000-0123456789ab";
const ID_OF_OTHER: &str = "ffffffff-0000-4000-8000-0123456789ab";

struct Kept {
    folder: tempfile::TempDir,
    maps: SourceMaps,
}

fn shop() -> AppId {
    AppId::parse("shop").expect("valid")
}

fn of(debug_id: &str, release: &str, path: &str) -> MapOf {
    MapOf { app: shop(), debug_id: debug_id.to_owned(), release: release.to_owned(), path: path.to_owned() }
}

impl Kept {
    async fn with_room(maps_max: i64, bytes_max: i64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let metadata = Metadata::open(folder.path()).await.expect("opened");
        let maps = SourceMaps::with_room(folder.path(), &metadata, Room { maps_max, bytes_max }).expect("opened");
        Self { folder, maps }
    }

    async fn new() -> Self {
        Self::with_room(100, 1 << 20).await
    }

    async fn put(&self, of: MapOf, map: &str) -> Result<Put, SourceMapError> {
        self.maps.put(of, map.as_bytes().to_vec(), false).await
    }

    async fn kept(&self, of: MapOf, map: &str) -> StoredMap {
        match self.put(of, map).await.expect("taken") {
            Put::Kept(map) => map,
            Put::Known(map) => panic!("{map:?} was there"),
        }
    }

    /// The map as text, or why there is none.
    async fn found(&self, debug_id: Option<&str>, release: &str, url: &str) -> Result<String, Unresolved> {
        let wanted =
            WantedMap { debug_id: debug_id.map(str::to_owned), release: release.to_owned(), url: url.to_owned() };
        match self.maps.find(&shop(), &wanted).await.expect("readable") {
            FoundMap::Map(map) => Ok(String::from_utf8(map).expect("text")),
            FoundMap::None(why) => Err(why),
        }
    }

    fn files(&self) -> BTreeSet<String> {
        let folder = self.folder.path().join(FOLDER).join("shop");
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect()
    }
}

#[tokio::test]
async fn a_map_is_found_by_its_build_and_by_release_and_path() {
    let kept = Kept::new().await;
    kept.kept(of(ID, "1.2.3", "/static/app.js"), MAP).await;
    kept.kept(of("", "1.2.3", "/static/old.js"), OTHER).await;
    let url = "https://cdn.example/static/app.js?v=7#top";
    assert_eq!(kept.found(Some(ID), "", "https://else.example/x.js").await.as_deref(), Ok(MAP));
    assert_eq!(kept.found(Some(&ID.to_uppercase()), "9", "").await.as_deref(), Ok(MAP));
    assert_eq!(kept.found(None, "1.2.3", url).await.as_deref(), Ok(MAP));
    assert_eq!(kept.found(None, "1.2.3", "/static/old.js").await.as_deref(), Ok(OTHER));
    // The script says that it is another build than the map that has its path.
    assert_eq!(kept.found(Some(ID_OF_OTHER), "1.2.3", url).await, Err(Unresolved::UnknownDebugId));
    // The map of this path does not say which build it is of.
    assert_eq!(kept.found(Some(ID_OF_OTHER), "1.2.3", "/static/old.js").await.as_deref(), Ok(OTHER));
}

#[tokio::test]
async fn what_is_missing_is_told_apart() {
    let kept = Kept::new().await;
    assert_eq!(kept.found(Some(ID), "1", "/a.js").await, Err(Unresolved::NothingUploaded));
    kept.kept(of("", "1", "/a.js"), MAP).await;
    assert_eq!(kept.found(None, "2", "/a.js").await, Err(Unresolved::NothingForRelease));
    assert_eq!(kept.found(None, "1", "/b.js").await, Err(Unresolved::NoSuchFile));
    assert_eq!(kept.found(None, "", "/a.js").await, Err(Unresolved::NoRelease));
    assert_eq!(kept.found(Some(ID), "2", "/a.js").await, Err(Unresolved::UnknownDebugId));
}

#[tokio::test]
async fn the_same_bytes_change_nothing_and_others_take_their_place() {
    let kept = Kept::new().await;
    let first = kept.kept(of("", "1", "/a.js"), MAP).await;
    assert_eq!(kept.put(of("", "1", "/a.js"), MAP).await.expect("taken"), Put::Known(first.clone()));
    assert_eq!(MapSource::changes(&kept.maps), 1, "nothing changed the second time");
    let second = kept.kept(of("", "1", "/a.js"), OTHER).await;
    assert_eq!((&second.id, MapSource::changes(&kept.maps)), (&first.id, 2));
    assert_eq!(kept.found(None, "1", "/a.js").await.as_deref(), Ok(OTHER));
    assert_eq!(kept.files(), BTreeSet::from([format!("{}.gz", second.content)]), "nobody needs the first content");
}

#[tokio::test]
async fn a_content_stays_while_another_map_has_it() {
    let kept = Kept::new().await;
    let one = kept.kept(of("", "1", "/a.js"), MAP).await;
    let two = kept.kept(of("", "2", "/a.js"), MAP).await;
    assert_eq!(kept.files().len(), 1);
    assert_eq!(kept.maps.delete(&one.id).await.expect("deleted"), Some(one.clone()));
    assert_eq!(kept.found(None, "2", "/a.js").await.as_deref(), Ok(MAP));
    kept.maps.delete(&two.id).await.expect("deleted").expect("it was there");
    assert_eq!((kept.files().len(), kept.maps.delete(&two.id).await.expect("asked")), (0, None));
    let audit = kept.maps.metadata.audit().await.expect("read");
    assert_eq!(audit.iter().filter(|entry| entry.action == "source map deleted").count(), 2);
}

#[tokio::test]
async fn the_same_upload_at_once_is_one_map() {
    let kept = Kept::new().await;
    let put = || {
        let maps = kept.maps.clone();
        tokio::spawn(async move { maps.put(of(ID, "1", "/a.js"), MAP.as_bytes().to_vec(), false).await })
    };
    let tasks: Vec<_> = (0..8).map(|_| put()).collect();
    let mut fresh = 0;
    for task in tasks {
        fresh += usize::from(matches!(task.await.expect("no panic").expect("taken"), Put::Kept(_)));
    }
    assert_eq!((fresh, kept.files().len()), (1, 1));
    assert_eq!(kept.maps.list(&shop(), None, None, 10).await.expect("read").len(), 1);
}

#[tokio::test]
async fn what_has_no_room_is_refused_and_nothing_vanishes() {
    let kept = Kept::with_room(2, 1 << 20).await;
    kept.kept(of("", "1", "/a.js"), MAP).await;
    kept.kept(of("", "2", "/a.js"), MAP).await;
    let refused = kept.put(of("", "3", "/a.js"), OTHER).await;
    let Err(SourceMapError::Full { maps: 2, oldest: Some(oldest), .. }) = refused else { panic!("{refused:?}") };
    assert_eq!((oldest.release.as_str(), oldest.maps), ("1", 1));
    assert_eq!(kept.files().len(), 1);
    // In place of another there is room.
    kept.kept(of("", "2", "/a.js"), OTHER).await;

    let small = Kept::with_room(10, 100).await;
    small.kept(of("", "1", "/a.js"), MAP).await;
    assert!(matches!(small.put(of("", "1", "/b.js"), OTHER).await, Err(SourceMapError::Full { maps: 1, .. })));
}

#[tokio::test]
async fn the_map_itself_may_say_which_build_it_is_and_nobody_may_say_another() {
    let kept = Kept::new().await;
    let map = MAP.replacen('{', &format!(r#"{{"debugId":"{}","#, ID.to_uppercase()), 1);
    assert_eq!(kept.kept(of("", "", ""), &map).await.of.debug_id, ID);
    assert!(matches!(kept.put(of(ID_OF_OTHER, "", ""), &map).await, Err(SourceMapError::OtherDebugId { .. })));
    assert!(matches!(kept.put(of("", "", ""), MAP).await, Err(SourceMapError::OfNothing)));
}

#[tokio::test]
async fn a_start_removes_what_was_half_written_and_a_copy_leaves_it_out() {
    let kept = Kept::new().await;
    let whole = kept.kept(of("", "1", "/a.js"), MAP).await;
    let part = kept.folder.path().join(FOLDER).join("shop/half.part");
    std::fs::write(&part, b"half").expect("written");
    let copy = tempfile::tempdir().expect("a folder");
    for _ in ["new", "with what is there"] {
        kept.maps.files().copy_to(copy.path()).expect("copied");
    }
    let copied: Vec<_> = std::fs::read_dir(copy.path().join("shop")).expect("there").collect();
    assert_eq!(copied.len(), 1);
    Files::open(kept.folder.path()).expect("opened");
    assert!(!part.exists());
    assert_eq!(kept.files(), BTreeSet::from([format!("{}.gz", whole.content)]));
}

#[tokio::test]
async fn a_list_goes_on_where_it_ended() {
    let kept = Kept::new().await;
    for number in 0..5 {
        kept.kept(of("", "1", &format!("/{number}.js")), MAP).await;
    }
    let all = kept.maps.list(&shop(), Some("1"), None, 10).await.expect("read");
    assert_eq!(
        all.iter().map(|map| map.of.path.as_str()).collect::<Vec<_>>(),
        ["/4.js", "/3.js", "/2.js", "/1.js", "/0.js"]
    );
    let after = Some((all[1].uploaded_unix_nano, all[1].id.clone()));
    assert_eq!(kept.maps.list(&shop(), None, after, 2).await.expect("read"), all[2..4]);
    assert_eq!(kept.maps.list(&shop(), Some("2"), None, 10).await.expect("read"), []);
}

#[tokio::test]
async fn a_map_whose_file_is_gone_says_so_and_stops_nobody() {
    let kept = Kept::new().await;
    kept.kept(of(ID, "", ""), MAP).await;
    for name in kept.files() {
        std::fs::remove_file(kept.folder.path().join(FOLDER).join("shop").join(name)).expect("removed");
    }
    assert_eq!(kept.found(Some(ID), "", "").await, Err(Unresolved::MapDamaged));
}
