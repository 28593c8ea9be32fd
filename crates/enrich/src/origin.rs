//! Who sent a group of records: the service, its release, the browser, the country.

use std::sync::Arc;

use limen_model::enriched::Dimensions;
use limen_model::received::Scope;
use limen_model::{Attributes, Text, Value, attributes as names};

use crate::Request;
use crate::columns::{label, small};
use crate::device::Device;
use crate::geo::Found;
use crate::hints::{HintHeaders, Hints};
use crate::logs::is_address_of_user;
use crate::place::Place;
use crate::redact::Redactor;
use crate::rules::Rules;
use crate::spelling::modernise;
use crate::synthetic::{self, Synthetic};
use crate::text;

/// What all records of one resource and scope have in common.
pub(crate) struct Origin<'a> {
    /// What is set for the application.
    pub rules: Arc<Rules>,
    pub dimensions: Dimensions<'a>,
    /// Whether it is an app on a phone or the like, which says more of its user than a service does.
    pub native: bool,
    /// Whether a person is behind it, see `synthetic`.
    pub synthetic: Synthetic,
    /// The organisation that runs the network of a person's device.
    pub network_owner: Text<'a>,
    /// What the user wants kept of that person's address.
    pub client: Text<'a>,
    pub screen_width: u16,
    pub screen_height: u16,
    /// What a sender told once for all its records.
    pub place: Place<'a>,
    pub scope_name: Text<'a>,
    /// The attributes of the resource that have no column.
    pub resource: Attributes<'a>,
}

impl<'a> Origin<'a> {
    /// Views tell what has no column: whether a person looked at them, and from which network.
    pub fn mark(&self, attributes: &mut Attributes<'a>) {
        let told = [
            (names::SYNTHETIC_TYPE, Text::from(self.synthetic)),
            (names::NETWORK_OWNER, self.network_owner.clone()),
            (names::CLIENT, self.client.clone()),
        ];
        // Nobody else says this of himself.
        attributes.0.retain(|(key, _)| key != names::NETWORK_OWNER && key != names::CLIENT);
        let told = told.into_iter().filter(|(_, text)| !text.is_empty());
        attributes.0.extend(told.map(|(key, text)| (key.into(), Value::Text(text))));
    }
}

/// Describes the origins of one request, which mostly share one browser.
pub(crate) struct Origins<'r> {
    rules: Arc<Rules>,
    from_agent: bool,
    user_agent: &'r str,
    hints: HintHeaders<'r>,
    found: Found,
    /// What the user wants kept of the sender's address.
    client: String,
    /// The last device and the hash of what it was read from.
    last: Option<(u64, Device)>,
}

impl<'r> Origins<'r> {
    pub fn new(request: &Request<'r>, found: Found, client: String) -> Self {
        let user_agent = request.user_agent.unwrap_or_default();
        let rules = Arc::clone(&request.rules);
        Origins { rules, from_agent: request.browser, user_agent, hints: request.hints, found, client, last: None }
    }

    pub fn describe<'a>(
        &mut self,
        mut resource: Attributes<'a>,
        scope: Scope<'a>,
        redactor: &mut Redactor,
    ) -> Origin<'a> {
        modernise(&mut resource);
        // Only then do a country and a device say something about a user.
        let browser = self.from_agent || resource.text(names::TELEMETRY_SDK_LANGUAGE) == Some("webjs");
        let system = if browser { None } else { Device::of_app(&resource) };
        let device = system.or_else(|| browser.then(|| self.device(&resource)));
        let told = resource.get(names::SYNTHETIC_TYPE).map_or("", synthetic::of_attribute);
        let synthetic = device.map_or("", |device| if told.is_empty() { device.synthetic } else { told });
        let mut dimensions = device.map(|device| self.dimensions_on(device, synthetic, &resource)).unwrap_or_default();
        let mut place = Place::default();
        resource.0.retain_mut(|(key, value)| {
            match &**key {
                names::SERVICE_NAME => dimensions.service = label(value),
                names::SERVICE_VERSION => dimensions.release = label(value),
                names::DEPLOYMENT_ENVIRONMENT => dimensions.environment = label(value),
                key => return !(place.take(key, value) || is_address_of_user(key)),
            }
            false
        });
        let mut origin = Origin {
            rules: Arc::clone(&self.rules),
            native: system.is_some(),
            synthetic,
            network_owner: if device.is_some() { self.found.owner.clone().into() } else { Text::default() },
            client: if device.is_some() { self.client.clone().into() } else { Text::default() },
            screen_width: resource.get(names::SCREEN_WIDTH).map_or(0, small),
            screen_height: resource.get(names::SCREEN_HEIGHT).map_or(0, small),
            dimensions,
            place,
            scope_name: text::cut(scope.name, crate::limits::LABEL_BYTES_MAX),
            resource,
        };
        redactor.origin(&mut origin);
        origin
    }

    fn dimensions_on<'a>(&self, device: Device, synthetic: Synthetic, resource: &Attributes<'a>) -> Dimensions<'a> {
        let column = |key| resource.get(key).cloned().map(|mut value| label(&mut value)).unwrap_or_default();
        Dimensions {
            country: self.found.country.into(),
            browser: device.browser.into(),
            browser_version: device.browser_version.into(),
            os: device.os.into(),
            os_version: device.os_version.into(),
            device: device.class.into(),
            network: column(names::NETWORK_TYPE),
            language: column(names::BROWSER_LANGUAGE),
            bot: !synthetic.is_empty(),
            ..Dimensions::default()
        }
    }

    fn device(&mut self, resource: &Attributes<'_>) -> Device {
        let told = resource.text(names::USER_AGENT);
        // Headers with another user agent are those of a collector, which has no say in what the browser is.
        let headers = if told.is_none_or(|told| told == self.user_agent) { self.hints } else { HintHeaders::default() };
        let user_agent = told.unwrap_or(self.user_agent);
        let hints = Hints::read(resource, headers);
        let hash = hints.hash(user_agent);
        if let Some((known, device)) = self.last
            && known == hash
        {
            return device;
        }
        let device = Device::read(user_agent, hints);
        self.last = Some((hash, device));
        device
    }
}
