import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What an operator's dashboard and alarms read at /metrics. Names follow the Prometheus conventions. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'leadrank_request_seconds',
      help: 'Time from request to answer',
      labelNames: ['route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    decisions: new Counter({ name: 'leadrank_decisions_total', help: 'Decisions journalled, by level of service', labelNames: ['level'], registers }),
    events: new Counter({ name: 'leadrank_events_total', help: 'Events at the gate, by outcome', labelNames: ['outcome'], registers }),
    refusedFields: new Counter({ name: 'leadrank_refused_fields_total', help: 'Events refused for one of their fields, by type and field', labelNames: ['type', 'field'], registers }),
    feedback: new Counter({ name: 'leadrank_feedback_total', help: 'Feedback of users, by action', labelNames: ['action'], registers }),
    logEnd: new Gauge({ name: 'leadrank_log_end_offset', help: 'Offset that the next event will get', registers }),
    folded: new Gauge({ name: 'leadrank_folded_offset', help: 'Offset that the state will fold next', registers }),
    dataAge: new Gauge({ name: 'leadrank_data_age_seconds', help: 'Age of the newest folded event', registers }),
    late: new Gauge({ name: 'leadrank_late_events', help: 'Folded events that came later than the lateness bound, by the source that brought them', labelNames: ['source'], registers }),
    stale: new Gauge({ name: 'leadrank_source_stale', help: '1 where a source has been silent for longer than is normal, else 0', labelNames: ['source'], registers }),
    model: new Gauge({ name: 'leadrank_model_loaded', help: '1 where a model is loaded, labelled with its id', labelNames: ['target', 'bundle'], registers }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
