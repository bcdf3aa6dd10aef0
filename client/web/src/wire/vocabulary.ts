// The words of the wire as this page calls them; the types themselves are made from the server's schema.
import type { Option, Terms, Vocabulary } from "../generated/wire";

export type {
  Aim,
  CommitmentPaper,
  Count,
  Desk,
  DraftPaper,
  Here,
  IssuePaper,
  Land,
  Line,
  OfferPaper,
  OperationPaper,
  Option,
  OptionGroup,
  Role,
  Terms,
  Vocabulary,
  Weighed,
} from "../generated/wire";

export type SeatAct = Option["act"];
export type Clause = Terms["clauses"][number];
export type Condition = NonNullable<Clause["when"]>;
export type FrameIn = Vocabulary["FrameIn"];
export type FrameOut = Vocabulary["FrameOut"];
export type Submit = Extract<FrameIn, { type: "submit" }>;
export type ControlAct = Vocabulary["ControlAct"];
export type Refusal = Extract<FrameOut, { type: "refusal" }>;
