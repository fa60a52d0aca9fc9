;; For editors.sh: goes through the findings of M-x compile by next-error and prints the text at point.
;; -*- lexical-binding: t; -*-
(require 'compile)
(setq compilation-error-screen-columns nil
      compilation-skip-threshold 0)
(with-current-buffer (compile "newslint --format text .")
  (while (process-live-p (get-buffer-process (current-buffer)))
    (accept-process-output nil 0.05))
  (font-lock-ensure)
  (let ((list (current-buffer)) (levels nil))
    (goto-char (point-min))
    (while (re-search-forward "^[^:\n]+:[0-9]+:[0-9]+: \\([ewn]\\)" nil t)
      (push (match-string 1) levels))
    (goto-char (point-min))
    (dolist (level (nreverse levels))
      (with-current-buffer list (next-error))
      (with-current-buffer (window-buffer (selected-window))
        (princ (format "%s %d %s %s\n" (file-name-nondirectory buffer-file-name)
                       (line-number-at-pos (point) t) level
                       (buffer-substring (point) (progn (skip-chars-forward "^ \n") (point)))))))))
