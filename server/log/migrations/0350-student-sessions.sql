-- In which sessions a student has (or had) a mark, in the order of students. A push names many students, and each has a place of its own in that
-- order: what is new waits in `student_session_new` as it comes, and is put in order for many pushes at once. Whoever asks looks into both.
CREATE TABLE student_session (
  student TEXT NOT NULL,
  session TEXT NOT NULL,
  PRIMARY KEY (student, session)
) WITHOUT ROWID;
CREATE TABLE student_session_new (
  student TEXT NOT NULL,
  session TEXT NOT NULL
);
INSERT INTO student_session (student, session) SELECT student, session FROM session_student ORDER BY student, session;
-- Who takes part in a session, in the order of sessions, and no second copy of it.
ALTER TABLE session_student RENAME TO session_student_before;
CREATE TABLE session_student (
  session TEXT NOT NULL,
  student TEXT NOT NULL,
  PRIMARY KEY (session, student)
) WITHOUT ROWID;
INSERT INTO session_student (session, student) SELECT session, student FROM session_student_before ORDER BY session, student;
DROP TABLE session_student_before;
