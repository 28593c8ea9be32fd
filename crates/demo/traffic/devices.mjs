// The kinds of devices that visitors use, and how much slower than this machine their processors are.

const android = (version, model, chrome) =>
  `Mozilla/5.0 (Linux; Android ${version}; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) ` +
  `Chrome/${chrome}.0.0.0 Mobile Safari/537.36`;
const desktop = (system, chrome) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome}.0.0.0 Safari/537.36`;

/** `slowdown` goes to the browser's own throttling; 1 is this machine as it is. */
export function devices(chrome) {
  return [
    {
      name: 'desktop',
      share: 45,
      slowdown: 1,
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: 1,
      phone: false,
      userAgents: [
        desktop('Windows NT 10.0; Win64; x64', chrome),
        desktop('Macintosh; Intel Mac OS X 10_15_7', chrome),
      ],
    },
    {
      name: 'mid phone',
      share: 35,
      slowdown: 4,
      viewport: { width: 412, height: 915 },
      deviceScaleFactor: 2,
      phone: true,
      userAgents: [android('14', 'Pixel 7a', chrome), android('13', 'SM-A546B', chrome)],
    },
    {
      name: 'cheap phone',
      share: 20,
      slowdown: 6,
      viewport: { width: 360, height: 740 },
      deviceScaleFactor: 1.5,
      phone: true,
      userAgents: [android('11', 'SM-A045F', chrome), android('10', 'Redmi 9A', chrome)],
    },
  ];
}
