-- Everything the statistics are loaded with at the start, in the order of the days.
CREATE INDEX responses_scores_by_day ON responses_scores (day, id, question, measure, score, account_id, contact_id, org_unit_id, survey,
  touchpoint, channel, region, tier, product, role, interested);
