// The size guide: which size fits which body, by fit.

const charts = {
  regular: {
    title: 'Regular fit',
    rows: [
      ['S', '88-94'],
      ['M', '95-101'],
      ['L', '102-108'],
      ['XL', '109-116'],
    ],
  },
  relaxed: {
    title: 'Relaxed fit',
    rows: [
      ['S', '86-93'],
      ['M', '94-101'],
      ['L', '102-110'],
      ['XL', '111-119'],
    ],
  },
  slim: {
    title: 'Slim fit',
    rows: [
      ['S', '72-78'],
      ['M', '79-85'],
      ['L', '86-92'],
      ['XL', '93-100'],
    ],
  },
  footwear: {
    title: 'Footwear',
    rows: [
      ['38', '24.0'],
      ['40', '25.2'],
      ['42', '26.5'],
      ['44', '27.8'],
    ],
  },
  'one-size': { title: 'One size', rows: [['One size', 'fits most']] },
};

/** Rows for the dialog. A fit without a chart is the shop's known bug: it is there to be found. */
export function sizeRows(fit) {
  const chart = charts[fit];
  return { title: chart.title, rows: chart.rows };
}
