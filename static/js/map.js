// The map of the search page: one layer that asks the server for what lies in view, and the list beside it.
//
// Names come from operators. This script writes them with textContent and setAttribute only; the markup of lists and
// pop-ups comes escaped from the server's own templates.
(() => {
  "use strict";

  const panel = document.querySelector("[data-map]");
  if (!panel || !window.L) return;
  const map = window[panel.dataset.map];
  if (!map) return;

  const words = JSON.parse(document.getElementById("map-words").textContent);
  const reduced = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const WORLD = L.latLngBounds([-60, -180], [78, 180]);

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_whole, key) => values[key]);
  const bboxText = (bounds) =>
    [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
      .map((degrees, at) => Math.min([180, 90, 180, 90][at], Math.max([-180, -90, -180, -90][at], degrees)).toFixed(4))
      .join(",");

  // The filters in force are those of the address that the list was drawn for, without what only pages the list.
  const filters = () => {
    const query = new URLSearchParams(document.getElementById("list").dataset.filters || "");
    return query;
  };

  /** Clusters and points of the directory inside the view, redrawn whenever the view comes to rest. */
  const WarehouseLayer = L.LayerGroup.extend({
    onAdd(target) {
      L.LayerGroup.prototype.onAdd.call(this, target);
      this._pins = new Map();
      this._clusters = [];
      target.on("moveend", this.load, this);
      return this;
    },

    onRemove(target) {
      target.off("moveend", this.load, this);
      L.LayerGroup.prototype.onRemove.call(this, target);
    },

    async load() {
      if (this._request) this._request.abort();
      this._request = new AbortController();
      try {
        this._draw(await this.fetchView(this._map.getBounds(), this._map.getZoom(), this._request.signal));
      } catch (error) {
        if (error.name !== "AbortError") say(words.failed);
      }
    },

    async fetchView(bounds, zoom, signal) {
      const query = filters();
      query.delete("bbox");
      query.set("bbox", bboxText(bounds));
      query.set("zoom", String(Math.round(zoom)));
      const answer = await fetch(`${panel.dataset.source}?${query}`, { signal, headers: { Accept: "application/geo+json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    },

    _draw(collection) {
      const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.pin : null;
      this.clearLayers();
      this._pins.clear();
      this._clusters = [];
      for (const feature of collection.features) {
        const [longitude, latitude] = feature.geometry.coordinates;
        const told = feature.properties;
        if (told.kind === "cluster") this._cluster([latitude, longitude], told);
        else this._point([latitude, longitude], told);
      }
      this._number();
      if (focused && this._pins.has(focused)) this._pins.get(focused).getElement().focus({ preventScroll: true });
    },

    // Pins carry the numbers of the list as it stands now; the list may come later than the pins.
    _number() {
      const numbers = cardNumbers();
      for (const [id, marker] of this._pins) {
        const card = numbers.get(id);
        const drawn = marker.getElement();
        const single = marker.ids.length === 1;
        drawn.classList.toggle("map-pin", single && Boolean(card));
        drawn.classList.toggle("map-dot", !(single && card));
        drawn.firstChild.textContent = single ? (card ? card.number : "") : marker.ids.length.toLocaleString();
        drawn.setAttribute("aria-label", single && card ? `${card.number}: ${card.name}` : fill(words.here, { count: marker.ids.length }));
      }
    },

    _cluster(place, told) {
      const size = Math.round(28 + Math.min(24, 12 * Math.log10(told.count)));
      const marker = this._marker(place, element("span", "cluster-dot", told.count.toLocaleString()), size, "map-cluster");
      marker.getElement().setAttribute("aria-label", fill(words.cluster, { count: told.count.toLocaleString() }));
      marker.bounds = told.bounds;
      this._clusters.push(marker);
      this._pressed(marker, () => {
        touched = true;
        const [west, south, east, north] = told.bounds;
        const inside = L.latLngBounds([south, west], [north, east < west ? east + 360 : east]);
        const closer = Math.max(map.getZoom() + 1, map.getBoundsZoom(inside.pad(0.2)));
        map.setView(inside.getCenter(), Math.min(map.getMaxZoom(), closer), { animate: !reduced });
      });
    },

    _point(place, told) {
      const several = told.ids.length > 1;
      const marker = this._marker(place, element("span", "map-pin-body"), several ? 28 : 24, "map-dot");
      marker.ids = told.ids;
      for (const id of told.ids) this._pins.set(id, marker);
      marker.getElement().dataset.pin = told.ids[0];
      marker.getElement().classList.toggle("map-several", several);
      this._pressed(marker, () => this._open(place, told.ids));
      marker.on("mouseover", () => told.ids.forEach((id) => linkCard(id, true)));
      marker.on("mouseout", () => told.ids.forEach((id) => linkCard(id, false)));
    },

    _marker(place, inner, size, className) {
      const icon = L.divIcon({ className, html: inner, iconSize: [size, size], iconAnchor: [size / 2, size / 2] });
      const marker = L.marker(place, { icon, keyboard: true, riseOnHover: true });
      this.addLayer(marker);
      marker.getElement().setAttribute("role", "button");
      return marker;
    },

    _pressed(marker, act) {
      marker.on("click", act);
      marker.on("keypress", (event) => {
        if (event.originalEvent.key === "Enter" || event.originalEvent.key === " ") act();
      });
    },

    async _open(place, ids) {
      const query = new URLSearchParams(ids.slice(0, 20).map((id) => ["ids", id]));
      if (panel.dataset.demo) query.set("dataset", "demo");
      const box = element("div", "map-told", words.loading);
      const popup = L.popup({ maxWidth: 280, maxHeight: 260, autoPan: true }).setLatLng(place).setContent(box).openOn(map);
      try {
        const answer = await fetch(`${panel.dataset.told}?${query}`);
        if (!answer.ok) throw new Error(String(answer.status));
        const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".map-told");
        popup.setContent(document.adoptNode(told));
      } catch {
        popup.setContent(element("div", "map-told", words.failed));
      }
    },

    renumber() {
      if (this._map) this._number();
    },

    link(id, latitude, longitude, on) {
      const holds = ([west, south, east, north]) => latitude >= south && latitude <= north && longitude >= west && longitude <= east;
      const marker = this._pins.get(id) || this._clusters.find((one) => holds(one.bounds));
      if (marker) {
        marker.getElement().classList.toggle("is-linked", on);
        marker.setZIndexOffset(on ? 1000 : 0);
      }
    },
  });

  const cards = () => [...document.querySelectorAll("#list [data-card]")];
  const cardNumbers = () =>
    new Map(cards().map((card) => [card.dataset.card, { number: card.dataset.number, name: card.querySelector("h2").textContent }]));
  const linkCard = (id, on) => {
    const card = cards().find((one) => one.dataset.card === id);
    if (card) card.classList.toggle("is-linked", on);
  };
  const said = document.getElementById("map-status");
  const say = (text) => { said.textContent = text; };

  // The ground: a schematic map where one may be shown, else a graticule without any border.
  const drawGround = async () => {
    if (panel.dataset.tiles) {
      L.tileLayer(panel.dataset.tiles, {
        subdomains: panel.dataset.subdomains || "abc",
        attribution: panel.dataset.attribution || "",
        maxZoom: map.getMaxZoom(),
      }).addTo(map);
      return;
    }
    const grid = [];
    for (let longitude = -180; longitude <= 180; longitude += 30) grid.push([[-85, longitude], [85, longitude]]);
    for (let latitude = -60; latitude <= 60; latitude += 30) grid.push([[latitude, -180], [latitude, 180]]);
    L.polyline(grid, { className: "map-grid", interactive: false }).addTo(map);
    if (!panel.dataset.basemap) return;
    const answer = await fetch(panel.dataset.basemap);
    if (!answer.ok) return;
    const land = L.geoJSON(await answer.json(), { interactive: false, style: () => ({ className: "map-land" }) });
    land.addTo(map).bringToBack();
    nameCountries(land);
  };

  // Countries are named by our own reviewed list, and only where the name has room.
  const nameCountries = (land) => {
    const names = L.layerGroup().addTo(map);
    const places = [];
    land.eachLayer((layer) => {
      const name = words.countries[layer.feature.properties.iso_a2];
      if (name) places.push([name, largestPart(layer.feature.geometry)]);
    });
    const draw = () => {
      names.clearLayers();
      if (map.getZoom() < 3) return;
      const taken = [];
      for (const [name, bounds] of places) {
        const low = map.project(bounds.getSouthWest()), high = map.project(bounds.getNorthEast());
        const width = [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? 14 : 7), 8);
        const middle = low.add(high).divideBy(2);
        if (high.x - low.x < width || low.y - high.y < 22) continue;
        const box = L.bounds(middle.subtract([width / 2, 9]), middle.add([width / 2, 9]));
        if (taken.some((other) => other.intersects(box))) continue;
        taken.push(box);
        const icon = L.divIcon({ className: "map-country", html: element("span", "", name), iconSize: [width, 16] });
        names.addLayer(L.marker(map.unproject(middle), { icon, interactive: false, keyboard: false, pane: "countries" }));
      }
    };
    map.createPane("countries").style.zIndex = 450;
    map.getPane("countries").setAttribute("aria-hidden", "true");
    map.on("zoomend", draw);
    draw();
  };

  const largestPart = ({ type, coordinates }) => {
    const rings = (type === "Polygon" ? [coordinates] : coordinates).map((part) => part[0]);
    const boxes = rings.map((ring) => L.latLngBounds(ring.map(([longitude, latitude]) => [latitude, longitude])));
    const size = (box) => (box.getEast() - box.getWest()) * (box.getNorth() - box.getSouth());
    return boxes.reduce((best, box) => (size(box) > size(best) ? box : best));
  };

  // List and map move together.
  let touched = false;
  let swapping = null;
  const follow = document.getElementById("map-follow");
  const searchHere = document.getElementById("search-here");

  const swap = async (address, { push = false, reload = true } = {}) => {
    if (swapping) swapping.abort();
    swapping = new AbortController();
    const list = document.getElementById("list");
    list.setAttribute("aria-busy", "true");
    try {
      const query = address.includes("?") ? address.slice(address.indexOf("?")) : "";
      const answer = await fetch(panel.dataset.results + query, { signal: swapping.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      place(new DOMParser().parseFromString(await answer.text(), "text/html"));
      window.history[push ? "pushState" : "replaceState"]({}, "", panel.dataset.page + query);
      if (reload) layer.load();
    } catch (error) {
      if (error.name === "AbortError") return;
      window.location.assign(address);
    }
  };

  const place = (fresh) => {
    const focused = document.activeElement ? document.activeElement.id : "";
    const open = new Map([...document.querySelectorAll("#facets details[id]")].map((one) => [one.id, one.open]));
    for (const id of ["understood", "facets", "list", "map-unplaced"]) {
      const next = fresh.getElementById(id);
      if (next) document.getElementById(id).replaceWith(document.adoptNode(next));
    }
    for (const [id, was] of open) {
      const again = document.getElementById(id);
      if (again) again.open = was;
    }
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
    // A chip that was taken off takes its words out of the field; what is being typed there stays.
    const field = document.getElementById("q");
    if (field !== document.activeElement) field.value = document.getElementById("understood").dataset.text;
    sendOnChange();
    drawAsked();
    layer.renumber();
    say(document.querySelector("#list h1").textContent);
  };

  // With script every change takes effect at once, so the button that applies them is not needed.
  const sendOnChange = () => {
    for (const button of document.querySelectorAll("[data-without-script]")) button.hidden = true;
  };

  const addressOf = (form) => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    return `${form.getAttribute("action")}?${query}`;
  };

  const searchView = () => {
    const query = filters();
    query.set("bbox", bboxText(map.getBounds()));
    return swap(`?${query}`, { reload: false });
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-swap]");
    if (form) swap(addressOf(form), { push: true });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-swap]");
    if (!form) return;
    event.preventDefault();
    swap(addressOf(form), { push: true });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    swap(link.getAttribute("href"), { push: true }).then(() => {
      if (link.dataset.swap === "top") document.getElementById("list").scrollIntoView({ block: "start" });
    });
  });
  window.addEventListener("popstate", () => window.location.reload());

  for (const [event, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(event, (happened) => {
      const card = happened.target.closest ? happened.target.closest("#list [data-card]") : null;
      if (!card || (happened.relatedTarget && card.contains(happened.relatedTarget))) return;
      const at = card.dataset.latitude ? [Number(card.dataset.latitude), Number(card.dataset.longitude)] : [NaN, NaN];
      layer.link(card.dataset.card, at[0], at[1], on);
    });
  }

  map.on("dragstart", () => { touched = true; });
  map.getContainer().addEventListener("wheel", () => { touched = true; }, { passive: true });
  map.getContainer().addEventListener("keydown", (event) => {
    if (/^(Arrow|\+|-|=)/.test(event.key)) touched = true;
  });
  map.on("moveend", () => {
    if (!touched) return;
    searchHere.hidden = follow.checked;
    if (follow.checked) searchView();
  });
  searchHere.addEventListener("click", () => {
    searchHere.hidden = true;
    searchView();
  });
  for (const [id, step] of [["map-in", 1], ["map-out", -1]]) {
    document.getElementById(id).addEventListener("click", () => {
      touched = true;
      map.setZoom(map.getZoom() + step, { animate: !reduced });
    });
  }

  // On a phone the map covers the list and gives it back.
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const open = button.dataset.show === "map";
      document.body.classList.toggle("map-open", open);
      map.invalidateSize();
      (open ? panel.querySelector("button") : document.querySelector("[data-show=map]")).focus({ preventScroll: true });
    });
  }

  const start = async () => {
    map.attributionControl.setPrefix("Leaflet");
    map.setMaxBounds(L.latLngBounds([-86, -200], [86, 200]));
    panel.hidden = false;
    map.invalidateSize();
    sendOnChange();
    drawGround();
    const around = drawAsked();
    if (panel.dataset.bbox) {
      const [west, south, east, north] = panel.dataset.bbox.split(",").map(Number);
      map.fitBounds([[south, west], [north, east]], { animate: false });
    } else if (around) {
      map.fitBounds(around, { animate: false });
    } else {
      await showAll();
    }
    layer.addTo(map);
    layer.load();
  };

  // Circles and the outline that the search asks for; their bounds, or null without any.
  const asked = L.featureGroup();
  const drawAsked = () => {
    const { near, outline } = document.getElementById("list").dataset;
    asked.clearLayers();
    for (const circle of near ? near.split(";") : []) {
      const [latitude, longitude, radius] = circle.split(",").map(Number);
      asked.addLayer(L.circle([latitude, longitude], { radius: radius * 1000, className: "map-radius", interactive: false }));
      asked.addLayer(L.circleMarker([latitude, longitude], { radius: 6, className: "map-origin", interactive: false }));
    }
    if (outline) {
      const corners = outline.split(";").map((corner) => corner.split(",").map(Number));
      asked.addLayer(L.polygon(corners, { className: "map-radius", interactive: false }));
    }
    asked.addTo(map);
    return asked.getLayers().length ? asked.getBounds() : null;
  };

  const showAll = async () => {
    try {
      const everything = await layer.fetchView(WORLD, 1);
      const places = everything.features.map(({ geometry }) => [geometry.coordinates[1], geometry.coordinates[0]]);
      if (places.length) map.fitBounds(L.latLngBounds(places).pad(0.08), { maxZoom: 6, animate: false });
    } catch {
      say(words.failed);
    }
  };

  const layer = new WarehouseLayer();
  start();
})();
