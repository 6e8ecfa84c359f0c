// The small map of one listing: its point on the ground that the page names. No text is drawn.
(() => {
  "use strict";

  const box = document.getElementById("site-map");
  if (!box || !window.L) return;
  const ZOOM = { address: 6, city: 6, region: 5, country: 4, unknown: 4 };
  const place = [Number(box.dataset.latitude), Number(box.dataset.longitude)];
  box.hidden = false;
  const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, dragging: false, keyboard: false, doubleClickZoom: false, touchZoom: false, boxZoom: false, tap: false });
  map.attributionControl.setPrefix("Leaflet");
  map.setView(place, ZOOM[box.dataset.precision] || 5);

  const drawGround = async () => {
    if (box.dataset.tiles) {
      L.tileLayer(box.dataset.tiles, { subdomains: box.dataset.subdomains || "abc", attribution: box.dataset.attribution || "" }).addTo(map);
      return;
    }
    const grid = [];
    for (let longitude = -180; longitude <= 180; longitude += 10) grid.push([[-85, longitude], [85, longitude]]);
    for (let latitude = -80; latitude <= 80; latitude += 10) grid.push([[latitude, -180], [latitude, 180]]);
    L.polyline(grid, { className: "map-grid", interactive: false }).addTo(map);
    if (!box.dataset.basemap) return;
    const answer = await fetch(box.dataset.basemap);
    if (answer.ok) L.geoJSON(await answer.json(), { interactive: false, style: () => ({ className: "map-land" }) }).addTo(map).bringToBack();
  };
  drawGround();

  // Where the street is not known the point stands for the whole town: a ring, not a pin.
  const exact = box.dataset.precision === "address";
  L.circleMarker(place, { radius: exact ? 8 : 14, className: exact ? "map-origin" : "map-radius", interactive: false }).addTo(map);
})();
