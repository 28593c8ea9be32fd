//! What people set about the errors of one application, as a document and ready to be used.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which errors belong together or are noise, whatever their stacks say. It holds for what came in before as well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ErrorRules {
    /// The first that matches decides. At most 100.
    pub rules: Vec<ErrorRule>,
}

/// What is given must all match; `*` stands for any text. Say either `group` or `noise`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ErrorRule {
    /// The type, such as `ChunkLoadError`.
    pub r#type: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The file of one of its frames, of the source where that is known.
    pub file: Option<String>,
    /// The function of one of its frames.
    pub function: Option<String>,
    /// They are one group; the name is only seen here.
    pub group: Option<String>,
    /// They are kept and counted, and stand apart.
    pub noise: bool,
}

impl ErrorRules {
    pub fn check(&self) -> Result<(), String> {
        self.read().check()
    }

    /// Ready to be used.
    pub fn read(&self) -> limen_stack::ErrorRules {
        let rule = |rule: &ErrorRule| limen_stack::ErrorRule {
            r#type: rule.r#type.clone(),
            message: rule.message.clone(),
            file: rule.file.clone(),
            function: rule.function.clone(),
            group: rule.group.clone(),
            noise: rule.noise,
        };
        limen_stack::ErrorRules { rules: self.rules.iter().map(rule).collect() }
    }
}
