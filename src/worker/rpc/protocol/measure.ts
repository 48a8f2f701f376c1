export type { BenchProgress, BenchReport, ContextReport } from "../../../instruments/bench/report";
export type {
  CostedTime,
  PhaseProfile,
  ProfileReport,
  ProfileRequest,
} from "../../../instruments/bench/profile-report";
export type {
  ExperimentId,
  KeyKind,
  LabChart,
  LabCurve,
  LabRequest,
  RuleId,
  LabProgress,
  LabResult,
} from "../../../instruments/lab/report";

export interface BenchRequest {
  readonly promptTokens: number;
  readonly newTokens: number;
  /** 0: the prompt alone. */
  readonly contextLengths: readonly number[];
}
