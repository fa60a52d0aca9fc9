;;; newslint-flymake.el --- Flymake backend for newslint  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: text, tools

;;; Commentary:

;; Checks an article while it is being written, saved or not:
;;
;;     (require 'newslint-flymake)
;;     (add-hook 'markdown-mode-hook #'newslint-flymake-setup)
;;
;; The buffer goes to newslint's standard input, in the bytes that saving it would write, and under
;; its file's name, so that the findings are those of the command line.

;;; Code:

(require 'flymake)
(require 'json)

(defgroup newslint-flymake nil
  "Checks the articles of news sites."
  :group 'flymake)

(defcustom newslint-flymake-program "newslint"
  "The program to run."
  :type 'string)

(defcustom newslint-flymake-arguments nil
  "Further arguments of the program, such as (\"--rules\" \"news\")."
  :type '(repeat string))

(defvar-local newslint-flymake--process nil
  "The check of this buffer that runs, or the last one.")

(defun newslint-flymake--coding ()
  "Return the coding system in which the buffer would be saved."
  (let ((coding (or buffer-file-coding-system 'utf-8-unix)))
    (if (eq (coding-system-type coding) 'undecided)
        (coding-system-change-text-conversion coding 'utf-8)
      coding)))

(defun newslint-flymake--read (buffer)
  "Return the diagnostics, as alists, that newslint printed into BUFFER."
  (with-current-buffer buffer
    (mapcar (lambda (line)
              (if (fboundp 'json-parse-string)
                  (json-parse-string line :object-type 'alist)
                (json-read-from-string line)))
            (split-string (buffer-string) "\n" t))))

(defun newslint-flymake--size (char coding)
  "Return how many bytes CHAR of the buffer takes in CODING."
  (cond ((= char ?\n) (if (eq (coding-system-eol-type coding) 1) 2 1))
        ((or (< char #x80) (> char #x3fff7f)) 1) ; ASCII, or a byte that could not be decoded
        ((memq (coding-system-type coding) '(utf-8 raw-text)) (string-bytes (char-to-string char)))
        (t (length (encode-coding-string (char-to-string char) coding)))))

(defun newslint-flymake--positions (offsets coding)
  "Return a hash table of the buffer's positions of OFFSETS in bytes by CODING."
  ;; `filepos-to-bufferpos' takes a byte that could not be decoded for two.
  (let ((table (make-hash-table))
        (byte (if (eq (coding-system-get coding :bom) t) 3 0)))
    (save-excursion
      (goto-char (point-min))
      (dolist (offset (sort (copy-sequence offsets) #'<) table)
        (while (and (< byte offset) (not (eobp)))
          (setq byte (+ byte (newslint-flymake--size (char-after) coding)))
          (forward-char))
        (puthash offset (point) table)))))

(defun newslint-flymake--note (found beg end text)
  "Return Flymake's diagnostic for newslint's FOUND, from BEG to END, saying TEXT."
  ;; Flymake shows no empty range.
  (when (= beg end)
    (setq end (min (1+ end) (point-max))
          beg (max (min beg (1- end)) (point-min))))
  (flymake-make-diagnostic (current-buffer) beg end
                           (pcase (alist-get 'level found)
                             ("error" :error)
                             ("warning" :warning)
                             (_ :note))
                           (format "%s [%s]" text (alist-get 'rule found))))

(defun newslint-flymake--notes (all name coding)
  "Return Flymake's diagnostics for ALL that newslint found in file NAME.
CODING encoded what it read.  What concerns another file, which is a rule
file, is told on the first line."
  (let* ((offset (lambda (found edge) (alist-get 'offset (alist-get edge found))))
         (here (lambda (found) (equal (alist-get 'path found) name)))
         (mine (seq-filter here all))
         (position (newslint-flymake--positions
                    (seq-mapcat (lambda (found)
                                  (list (funcall offset found 'start) (funcall offset found 'end)))
                                mine)
                    coding)))
    (mapcar (lambda (found)
              (let ((start (alist-get 'start found)) (message (alist-get 'message found)))
                (if (funcall here found)
                    (newslint-flymake--note found
                                            (gethash (funcall offset found 'start) position)
                                            (gethash (funcall offset found 'end) position)
                                            message)
                  (newslint-flymake--note found 1 1
                                          (format "%s:%s:%s: %s" (alist-get 'path found)
                                                  (alist-get 'line start)
                                                  (alist-get 'column start) message)))))
            all)))

(defun newslint-flymake--command (name)
  "Return the command that checks standard input as the file NAME."
  `(,newslint-flymake-program "--format" "jsonl" "--color" "never" ,@newslint-flymake-arguments
    "--stdin-filename" ,name "-"))

;;;###autoload
(defun newslint-flymake (report-fn &rest _)
  "Check the buffer with newslint and call REPORT-FN, as a backend of Flymake does."
  (unless (executable-find newslint-flymake-program)
    (error "Cannot find %s" newslint-flymake-program))
  (when (process-live-p newslint-flymake--process)
    (kill-process newslint-flymake--process))
  (save-restriction
    (widen)
    (let* ((source (current-buffer))
           (tick (buffer-chars-modified-tick))
           (name (expand-file-name (or buffer-file-name (buffer-name))))
           (coding (newslint-flymake--coding))
           (bytes (encode-coding-string (buffer-substring-no-properties 1 (point-max)) coding))
           (trouble (make-pipe-process :name "newslint-trouble" :noquery t :sentinel #'ignore
                                       :buffer (generate-new-buffer " *newslint-trouble*"))))
      (setq newslint-flymake--process
            (make-process
             :name "newslint" :noquery t :connection-type 'pipe
             :buffer (generate-new-buffer " *newslint*") :stderr trouble
             :coding '(utf-8-unix . no-conversion)
             :command (newslint-flymake--command name)
             :sentinel
             (lambda (process _)
               (unless (process-live-p process)
                 (unwind-protect
                     (when (buffer-live-p source)
                       (with-current-buffer source
                         (when (and (eq process newslint-flymake--process)
                                    (= tick (buffer-chars-modified-tick)))
                           (newslint-flymake--report report-fn process trouble name coding))))
                   (kill-buffer (process-buffer process))
                   (delete-process trouble)
                   (kill-buffer (process-buffer trouble)))))))
      ;; A program that ended before it read all says by its status why.
      (ignore-errors
        (process-send-string newslint-flymake--process bytes)
        (process-send-eof newslint-flymake--process)))))

(defun newslint-flymake--report (report-fn process trouble name coding)
  "Tell REPORT-FN what PROCESS printed or, where it failed, said to TROUBLE.
It read the file NAME, which CODING encoded."
  (let ((all (newslint-flymake--read (process-buffer process))))
    (if (and (null all) (> (process-exit-status process) 1))
        (progn
          (accept-process-output trouble 1)
          (funcall report-fn :panic :explanation
                   (with-current-buffer (process-buffer trouble) (string-trim (buffer-string)))))
      (save-restriction
        (widen)
        (funcall report-fn (newslint-flymake--notes all name coding))))))

;;;###autoload
(defun newslint-flymake-setup ()
  "Have Flymake check this buffer with newslint."
  (add-hook 'flymake-diagnostic-functions #'newslint-flymake nil t)
  (flymake-mode 1))

(provide 'newslint-flymake)

;;; newslint-flymake.el ends here
