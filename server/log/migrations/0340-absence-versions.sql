-- When absences came last, and when first, is asked for with every look at the totals.
CREATE INDEX absence_version ON record_version (seq) WHERE kind = 'absence';
