// A banner that comes late, on top of what is there already.
setTimeout(() => {
  const banner = document.createElement('p');
  banner.id = 'sale-banner';
  banner.textContent = 'Sale: everything for storms is cheaper this week';
  banner.style.cssText = 'margin:0;padding:4rem 1rem;text-align:center;background:#12564f;color:#fff';
  document.getElementById('page').before(banner);
}, 1200);
