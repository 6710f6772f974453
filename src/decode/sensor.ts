import type {
  LaneReading,
  LoopReading,
  SensorReport,
  UnitHealth,
  WeatherReading,
} from "../domain/observation.ts";
import { isRejection, type Rejection, reject } from "../domain/rejection.ts";
import { FRAME_RULES } from "../wire/frame-rules.ts";
import type { WireSensorReading } from "../wire/ingest-frame.ts";
import { positionCheck, readPoint } from "./position.ts";
import { firstOutOfRange, headingDeg, optional, scaled } from "./ranges.ts";

type WireLoop = NonNullable<WireSensorReading["loop"]>;
type WireWeather = NonNullable<WireSensorReading["weather"]>;
type WireHealth = NonNullable<WireSensorReading["unit_health"]>;
type Reading = SensorReport["reading"];

const position = positionCheck("sensor.position.latitude_e7", "sensor.position.longitude_e7");

const heading = scaled("sensor.heading_ddeg", 0, 3_600, 10);
const period = scaled("sensor.loop.period_s", 1, 3_600, 1);
const lane = scaled("sensor.loop.lanes.lane", 1, 13, 1);
const vehicles = scaled("sensor.loop.lanes.vehicles", 0, 10_000, 1);
const meanSpeed = scaled("sensor.loop.lanes.mean_speed_cmps", 0, 16_382, 100);
const occupancy = scaled("sensor.loop.lanes.occupancy_permille", 0, 1_000, 1_000);
const visibility = scaled("sensor.weather.visibility_m", 0, 20_000, 1);
const precipitation = scaled("sensor.weather.precipitation_cmm_per_h", 0, 50_000, 100);
const airTemperature = scaled("sensor.weather.air_temperature_dc", -600, 700, 10);
const surfaceTemperature = scaled("sensor.weather.surface_temperature_dc", -600, 900, 10);
const waterFilm = scaled("sensor.weather.water_film_cmm", 0, 5_000, 100);
const wind = scaled("sensor.weather.wind_dmps", 0, 1_000, 10);
const gust = scaled("sensor.weather.gust_dmps", 0, 1_000, 10);
const friction = scaled("sensor.weather.friction_pct", 0, 100, 100);
const surfaceState = scaled("sensor.weather.surface_state", 0, 7, 1);
const cpu = scaled("sensor.unit_health.cpu_pct", 0, 100, 1);
const missingReading = reject("missing-field", "sensor.reading");
const missingName = reject("missing-field", "sensor.sensor_name");
const longName = reject("out-of-range", "sensor.sensor_name");
const manyLanes = reject("too-many-items", "sensor.loop.lanes");

const MAX_LANES = 16;

const SURFACES = [undefined, "dry", "moist", "wet", "standing-water", "ice", "snow", "frost"] as const;

/** A reading of a fixed sensor. */
export function decodeSensor(wire: WireSensorReading): SensorReport | Rejection {
  const place = readPoint(wire.position, position);
  if (isRejection(place)) return place;
  const name = wire.sensor_name ?? "";
  if (name.length === 0) return missingName;
  if (name.length > FRAME_RULES.maxSensorNameCharacters) return longName;
  if (!heading.holds(wire.heading_ddeg)) return heading.rejection;
  const reading = readingOf(wire);
  if ("rejected" in reading) return reading;
  return { kind: "sensor", ...place, sensorName: name, headingDeg: headingDeg(wire.heading_ddeg), reading };
}

function readingOf(wire: WireSensorReading): Reading | Rejection {
  if (wire.loop !== null && wire.loop !== undefined) return loopReading(wire.loop);
  if (wire.weather !== null && wire.weather !== undefined) return weatherReading(wire.weather);
  if (wire.unit_health !== null && wire.unit_health !== undefined) return unitHealth(wire.unit_health);
  return missingReading;
}

function loopReading(wire: WireLoop): LoopReading | Rejection {
  if (!period.holds(wire.period_s ?? 0)) return period.rejection;
  const wireLanes = wire.lanes ?? [];
  if (wireLanes.length > MAX_LANES) return manyLanes;
  const lanes: LaneReading[] = [];
  for (const wireLane of wireLanes) {
    const refused = firstOutOfRange([
      [lane, wireLane.lane ?? 0],
      [vehicles, wireLane.vehicles],
      [meanSpeed, wireLane.mean_speed_cmps],
      [occupancy, wireLane.occupancy_permille],
    ]);
    if (refused !== undefined) return refused;
    lanes.push({
      lane: wireLane.lane ?? 0,
      vehicles: optional(wireLane.vehicles),
      meanSpeedMps: meanSpeed.si(wireLane.mean_speed_cmps),
      occupancy: occupancy.si(wireLane.occupancy_permille),
      faulty: wireLane.faulty === true,
    });
  }
  return { type: "loop", periodS: wire.period_s ?? 0, lanes };
}

function weatherReading(wire: WireWeather): WeatherReading | Rejection {
  const refused = firstOutOfRange([
    [visibility, wire.visibility_m],
    [precipitation, wire.precipitation_cmm_per_h],
    [airTemperature, wire.air_temperature_dc],
    [surfaceTemperature, wire.surface_temperature_dc],
    [waterFilm, wire.water_film_cmm],
    [wind, wire.wind_dmps],
    [gust, wire.gust_dmps],
    [friction, wire.friction_pct],
    [surfaceState, wire.surface_state],
  ]);
  if (refused !== undefined) return refused;
  return {
    type: "weather",
    visibilityM: optional(wire.visibility_m),
    precipitationMmPerH: precipitation.si(wire.precipitation_cmm_per_h),
    airTemperatureC: airTemperature.si(wire.air_temperature_dc),
    surfaceTemperatureC: surfaceTemperature.si(wire.surface_temperature_dc),
    surfaceState: SURFACES[wire.surface_state ?? 0],
    waterFilmMm: waterFilm.si(wire.water_film_cmm),
    windMps: wind.si(wire.wind_dmps),
    gustMps: gust.si(wire.gust_dmps),
    friction: friction.si(wire.friction_pct),
  };
}

function unitHealth(wire: WireHealth): UnitHealth | Rejection {
  if (!cpu.holds(wire.cpu_pct)) return cpu.rejection;
  return {
    type: "unit-health",
    uptimeS: optional(wire.uptime_s),
    cpuPct: optional(wire.cpu_pct),
    queuedMessages: optional(wire.queued_messages),
    lostMessages: optional(wire.lost_messages),
    silentMs: optional(wire.silent_ms),
    gnssLocked: optional(wire.gnss_locked),
    clockOffsetMs: optional(wire.clock_offset_ms),
  };
}
